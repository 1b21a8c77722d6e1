namespace Diten.Model.Input;

/// <summary>Guesses what someone meant to write.</summary>
public static class Suggestion
{
    /// <summary>"Did you mean 'x'?", or null where no candidate is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been meant; of equally near ones the first.</param>
    public static string? For(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } near ? $"Did you mean '{near}'?" : null;

    /// <summary>
    /// The candidate nearest to a word by edit distance, or null where none is near (a third of its letters, at least 2). The first part
    /// of a candidate with hyphens counts for the whole, so that "nearst" is near "nearest-first"; case does not count.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        // Longer than any name: nothing is near.
        if (word.Length > 100) return null;
        var best = candidates.Select(c => (Name: c, Distance: Distance(word, c))).OrderBy(c => c.Distance).FirstOrDefault();
        if (best.Name is not null && best.Distance <= Math.Max(2, word.Length / 3))
            return best.Name;
        return candidates.Where(c => c.Contains('-')).FirstOrDefault(c => word.Length > 3 && Distance(word, c[..c.IndexOf('-')]) <= 1);
    }

    /// <summary>Least number of letters to insert, delete or replace (Levenshtein), in any case.</summary>
    private static int Distance(string a, string b)
    {
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
