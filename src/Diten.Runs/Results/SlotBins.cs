namespace Diten.Runs.Results;

/// <summary>Means of some figures of many entities over stretches of slots of one length, in bounded memory.</summary>
internal sealed class SlotBins
{
    private const int MostBins = 120;

    private readonly double[] _sums;
    private readonly long[] _counts;
    private readonly int _entities, _figures;

    /// <param name="entities">Ids are below it.</param>
    /// <param name="slots">Slots of the run, from 0.</param>
    /// <param name="figures">Figures of an entity in a slot.</param>
    /// <param name="most">Numbers to keep, at most; where there are more entities and figures, as many as of a single stretch. 16 bytes each.</param>
    public SlotBins(int entities, int slots, int figures, int most = 6_000_000)
    {
        (_entities, _figures) = (entities, figures);
        var bins = Math.Clamp(most / Math.Max(1, entities * figures), 1, MostBins);
        SlotsEach = Math.Max(1, (slots + bins - 1) / bins);
        Count = Math.Max(1, (slots + SlotsEach - 1) / SlotsEach);
        _sums = new double[(long)entities * Count * figures];
        _counts = new long[_sums.Length];
    }

    /// <summary>Slots of a stretch; the last one may have fewer.</summary>
    public int SlotsEach { get; }

    /// <summary>Stretches.</summary>
    public int Count { get; }

    /// <summary>First slot of each stretch.</summary>
    public double[] Slots => [.. Enumerable.Range(0, Count).Select(bin => (double)bin * SlotsEach)];

    /// <summary>Adds a figure of an entity in a slot; nothing where it is NaN.</summary>
    public void Add(int entity, int slot, int figure, double value)
    {
        if (!double.IsNaN(value))
            Add(entity, slot, figure, value, 1);
    }

    /// <summary>Adds a sum of so many values of an entity in a slot.</summary>
    public void Add(int entity, int slot, int figure, double sum, long count)
    {
        if ((uint)entity >= (uint)_entities || slot < 0 || slot / SlotsEach >= Count)
            return;
        var at = At(entity, slot / SlotsEach, figure);
        _sums[at] += sum;
        _counts[at] += count;
    }

    /// <summary>The mean of each stretch; NaN where nothing was added.</summary>
    public double[] Means(int entity, int figure) =>
        [.. Enumerable.Range(0, Count).Select(bin => At(entity, bin, figure)).Select(at => _sums[at] / _counts[at])];

    /// <summary>Likewise, over all entities.</summary>
    public double[] MeansOfAll(int figure) => [.. Enumerable.Range(0, Count).Select(bin => Mean(Enumerable.Range(0, _entities).Select(entity => At(entity, bin, figure))))];

    /// <summary>The mean over the run; NaN where nothing was added.</summary>
    public double Mean(int entity, int figure) => Mean(Enumerable.Range(0, Count).Select(bin => At(entity, bin, figure)));

    /// <summary>Who has the highest mean, the first of several; null where all are alike, or nothing is known.</summary>
    public int? Highest(int figure)
    {
        var means = Enumerable.Range(0, _entities).Select(id => (Id: id, Mean: Mean(id, figure))).Where(one => double.IsFinite(one.Mean)).ToArray();
        return means.Length > 0 && means.MaxBy(one => one.Mean) is var most && most.Mean > means.Min(one => one.Mean) ? most.Id : null;
    }

    private int At(int entity, int bin, int figure) => ((entity * Count) + bin) * _figures + figure;

    private double Mean(IEnumerable<int> places)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var at in places)
            (sum, count) = (sum + _sums[at], count + _counts[at]);
        return sum / count;
    }
}
