using System.Buffers;

namespace Diten.Model.Input;

/// <summary>Looks at a file before it is read, so that a wrong one is named for what it is.</summary>
internal static class InputFile
{
    /// <summary>Control characters but tab, line ends, end of file and escape.</summary>
    private static readonly SearchValues<byte> NeverInText =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code).Where(code => code is not (9 or 10 or 11 or 12 or 13 or 26 or 27))]);

    /// <summary>Checks that a file exists, is not empty and looks like text.</summary>
    /// <param name="file">Path as the user named it.</param>
    /// <param name="expected">What it should be, for the message: <c>CSV</c>.</param>
    /// <exception cref="InputFileException">It is not; the message says what it is instead.</exception>
    public static void RequireText(string file, string expected)
    {
        if (Directory.Exists(file))
            throw new InputFileException(file, 0, $"is a folder, not a {expected} file");
        if (!File.Exists(file))
            throw new InputFileException(file, 0, "does not exist");
        var head = Head(file);
        if (head.Length == 0)
            throw new InputFileException(file, 0, "is empty");
        if (head is [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..])
            throw new InputFileException(file, 0, $"is a ZIP archive, not {expected}; unpack it first");
        if (head is [0x1F, 0x8B, ..])
            throw new InputFileException(file, 0, $"is a gzip archive, not {expected}; unpack it first");
        // Text of 16-bit characters has zero bytes, but says so by its first two.
        if (head is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && head.AsSpan().ContainsAny(NeverInText))
            throw new InputFileException(file, 0, $"is a binary file, not {expected}");
    }

    private static byte[] Head(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var head = new byte[4096];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(file, 0, "cannot be read: " + problem.Message);
        }
    }
}
