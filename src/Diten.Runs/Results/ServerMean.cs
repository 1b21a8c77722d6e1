using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>Running sums of one server over the slots of a run.</summary>
internal struct ServerMean
{
    public int Server, Station, Slots;
    public long Tasks;
    public int TasksMaximum;
    public double X, Y, CapacityHertz;
    public double UtilisationSum, UtilisationMaximum, TwinFreeErrorAbsoluteSumHertz;

    /// <summary>Adds one slot.</summary>
    public void Add(in ServerSlotRecord record)
    {
        Slots++;
        Tasks += record.Tasks;
        TasksMaximum = Math.Max(TasksMaximum, record.Tasks);
        CapacityHertz = record.CapacityHertz;
        UtilisationSum += record.Utilisation;
        UtilisationMaximum = Math.Max(UtilisationMaximum, record.Utilisation);
        TwinFreeErrorAbsoluteSumHertz += Math.Abs(record.FreeHertz - record.TwinFreeHertz);
    }
}

/// <summary>One station: where it stands, whose it is, and its sums over the run.</summary>
internal readonly record struct StationRow(int Station, double X, double Y, int Server, int Zone, SlotTotals Total);

/// <summary>A point of the distribution of latencies.</summary>
internal readonly record struct LatencyPoint(double Seconds, double Share);

/// <summary>Twin-slots of an age.</summary>
internal readonly record struct AgePoint(int AgeSlots, long Count, double ShareAtLeast)
{
    /// <summary>A row for each age that any twin had.</summary>
    public static IEnumerable<AgePoint> Of(IReadOnlyList<long> ages)
    {
        var (all, older) = (ages.Sum(), ages.Sum());
        for (var age = 0; age < ages.Count; age++)
        {
            if (ages[age] > 0)
                yield return new AgePoint(age, ages[age], (double)older / all);
            older -= ages[age];
        }
    }
}
