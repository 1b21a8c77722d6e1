using System.Text;

namespace Diten.Model.Tests.Input;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TextFile : IDisposable
{
    public TextFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TextFile(byte[] content) => File.WriteAllBytes(Path, content);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
