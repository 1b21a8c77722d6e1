using Diten.Node.Commands;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.View.Tests.Serving;

/// <summary>The lecture, prepared once for all tests.</summary>
public sealed class PreparedLecture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.At("lecture");

    public LectureRecord Lecture => field ??= LectureRecord.Read(Folder);

    public async Task InitializeAsync()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync(
            ["demo", "--lecture", "--once", "--seeds", "2", "--out", Folder, "--port", "0"],
            new Session(new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error))));
        Assert.True(code == 0, $"{output}\n{error}");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
