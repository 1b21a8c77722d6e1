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
