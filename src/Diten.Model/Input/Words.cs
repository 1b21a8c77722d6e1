using System.Globalization;
using System.Text;

namespace Diten.Model.Input;

/// <summary>Small helps with words.</summary>
internal static class Words
{
    /// <summary><c>DriftPlusPenalty</c> → <c>drift-plus-penalty</c>.</summary>
    public static string Kebab(string pascal)
    {
        var text = new StringBuilder();
        foreach (var letter in pascal)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>A text for messages: of a long one its beginning, its length, and its end; what moves cursors or ends lines as <c>\u001b</c>.</summary>
    public static string Shown(string text)
    {
        const int most = 300, kept = 100;
        if (text.Length > most) text = FormattableString.Invariant($"{text[..kept]}… ({text.Length} characters) …{text[^kept..]}");
        return Visible(text);
    }

    /// <summary>A text with what moves cursors or ends lines as <c>\u001b</c>.</summary>
    public static string Visible(string text) =>
        text.Any(IsHidden) ? string.Concat(text.Select(c => IsHidden(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>"a length" → "length".</summary>
    public static string WithoutArticle(string noun) => noun[(noun.IndexOf(' ') + 1)..];
}
