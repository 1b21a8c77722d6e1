using System.Text;

namespace Diten.Runs.Results;

/// <summary>A text file that appears whole or not at all, and ends in a line with the SHA-256 of what is before it.</summary>
internal static class SealedText
{
    private const string Seal = "sha256 ";

    /// <summary>Writes it, in place of one that is there.</summary>
    public static void Write(string path, string text)
    {
        var partial = path + ".partial";
        File.WriteAllText(partial, text + SealOf(text));
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Its text without the seal; null where the seal is not that of the text.</summary>
    public static string? Read(string path)
    {
        var text = File.ReadAllText(path);
        var end = text.LastIndexOf(Seal, StringComparison.Ordinal);
        return end > 0 && text[end..] == SealOf(text[..end]) ? text[..end] : null;
    }

    private static string SealOf(string text) => $"{Seal}{InputDigest.Sha256Of(Encoding.UTF8.GetBytes(text))}\n";
}
