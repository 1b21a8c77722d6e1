using System.Runtime.Serialization;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What twins have on their way, in checkpoints.</summary>
internal static class TwinLinksCodec
{
    public static Contracts.SavedTwinLinks? Write(IReadOnlyList<TwinLinksSaved> twins)
    {
        if (twins.Count == 0)
            return null;
        var table = new Contracts.SavedTwinLinks();
        var server = new DeltaWriter(table.Server);
        foreach (var twin in twins)
        {
            server.Add(twin.Server);
            table.HasPublished.Add(twin.Published is null ? 0 : 1);
            table.Words.Add(twin.Words.Count);
            table.Estimates.Add(twin.Estimates.Count);
        }

        InTransit<TwinWord>[] words = [.. twins.SelectMany(twin => twin.Words)];
        foreach (var word in words)
        {
            table.WordIsHeard.Add(word.Message.IsHeard ? 1 : 0);
            table.WordNumber.Add(word.Message.Number);
        }

        InTransit<TwinEstimate>[] estimates = [.. twins.SelectMany(twin => twin.Estimates)];
        table.Published = TwinCodec.Write([.. twins.Select(twin => twin.Published).OfType<TwinEstimate>()]);
        table.WordTransit = TransitCodec.Write(words);
        table.EstimateTransit = TransitCodec.Write(estimates);
        table.EstimateTable = TwinCodec.Write([.. estimates.Select(estimate => estimate.Message)]);
        Fold(table.HasPublished, table.Words, table.Estimates, table.WordIsHeard, table.WordNumber);
        return table;
    }

    public static TwinLinksSaved[] Read(Contracts.SavedTwinLinks? table)
    {
        if (table is null)
            return [];
        var rows = new TwinLinksSaved[table.Server.Count];
        var published = TwinCodec.Read(table.Published);
        var words = ReadWords(table);
        var estimates = TransitCodec.Read(table.EstimateTransit, TwinCodec.Read(table.EstimateTable));
        CheckSum(table.HasPublished, rows.Length, published.Length);
        CheckSum(table.Words, rows.Length, words.Length);
        CheckSum(table.Estimates, rows.Length, estimates.Length);
        var (server, has) = (new DeltaReader(table.Server, rows.Length), new ColumnReader<int>(table.HasPublished, rows.Length));
        var (wordCount, estimateCount) = (new ColumnReader<int>(table.Words, rows.Length), new ColumnReader<int>(table.Estimates, rows.Length));
        var (at, word, estimate) = (0, 0, 0);
        for (var row = 0; row < rows.Length; row++)
        {
            var (toWord, toEstimate) = (word + wordCount.Next(), estimate + estimateCount.Next());
            rows[row] = new TwinLinksSaved(
                server.Next(), ToBool(has.Next()) ? published[at++] : null, words[word..toWord], estimates[estimate..toEstimate]);
            (word, estimate) = (toWord, toEstimate);
        }

        return rows;
    }

    private static InTransit<TwinWord>[] ReadWords(Contracts.SavedTwinLinks table)
    {
        var words = new TwinWord[table.WordTransit?.Due.Count ?? 0];
        var (heard, number) = (new ColumnReader<int>(table.WordIsHeard, words.Length), new ColumnReader<int>(table.WordNumber, words.Length));
        for (var row = 0; row < words.Length; row++)
            words[row] = new TwinWord(ToBool(heard.Next()), number.Next());
        return TransitCodec.Read(table.WordTransit, words);
    }
}
