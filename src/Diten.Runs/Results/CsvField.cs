using System.Buffers;

namespace Diten.Runs.Results;

/// <summary>A field of a CSV as RFC 4180 has it.</summary>
internal static class CsvField
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>The text; in quotes where a comma, a quote or an end of line is in it.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAny(NeedsQuotes) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
