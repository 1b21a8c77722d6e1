using Diten.Model.Faults;

namespace Diten.Model.Records;

/// <summary>What twins and faults came to over the slots of a run.</summary>
/// <param name="Total">Sums over twins and slots.</param>
/// <param name="Ages">Twin-slots by age, from 0 on; the last possible one, <see cref="TwinMeasures.MostAgeSlots"/>, holds all that is older, too.</param>
/// <param name="Faults">By fault, in the order of their names: messages that met it on its link, and those that it struck; 0 for what strikes no link.</param>
public sealed record TwinFigures(TwinTotals Total, IReadOnlyList<long> Ages, FaultCounts Faults)
{
    /// <summary>The least age that at least this share of twin-slots do not exceed, slots; NaN where there are none.</summary>
    /// <param name="share">(0, 1].</param>
    public double AgeQuantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Ages.Sum()));
        var seen = 0L;
        for (var age = 0; age < Ages.Count; age++)
        {
            seen += Ages[age];
            if (seen >= rank)
                return age;
        }

        return double.NaN;
    }
}

/// <summary>All that whoever sums twins up remembers from one slot to the next; for a checkpoint. Lists are by server id.</summary>
/// <param name="FreeHertz">c of the slot before.</param>
/// <param name="Tasks">Tasks of the slot before.</param>
/// <param name="IncorrectAgeSlots">Slots since what the twin published was last right.</param>
/// <param name="ResyncSlots">Slots since the twin asked for a whole state; 0 = it has not.</param>
public sealed record TwinMeasuresSaved(
    TwinFigures Figures, IReadOnlyList<double> FreeHertz, IReadOnlyList<int> Tasks, IReadOnlyList<int> IncorrectAgeSlots, IReadOnlyList<int> ResyncSlots)
{
    /// <summary>Names of the faults that were counted, in their order; empty where an older build wrote it: then they are those of the scenario.</summary>
    public IReadOnlyList<string> FaultNames { get; init; } = [];
}
