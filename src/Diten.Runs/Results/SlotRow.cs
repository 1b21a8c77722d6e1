using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>One slot as the table <c>slots</c> tells it: the report's sums, and what the twins were wrong by.</summary>
/// <param name="TwinFreeErrorMeanHertz">Mean over servers of true less published free capacity, hertz; NaN without server records.</param>
/// <param name="TwinFreeErrorAbsoluteMeanHertz">Mean over servers of its absolute value.</param>
/// <param name="TwinAgeMeanSlots">Mean age of what the twins published, slots.</param>
/// <param name="TwinTasksErrorAbsoluteMean">Mean over servers of |tasks − tasks that the twin published|.</param>
internal readonly record struct SlotRow(
    int Slot, SlotTotals Total, double UtilisationMean, double TwinFreeErrorMeanHertz, double TwinFreeErrorAbsoluteMeanHertz,
    double TwinAgeMeanSlots, double TwinTasksErrorAbsoluteMean, string Digest)
{
    /// <summary>Sums over the twins; null where they are not measured.</summary>
    public TwinTotals? Twins { get; init; }

    /// <summary>The row of a slot.</summary>
    public static SlotRow From(SlotReport report)
    {
        double error = 0, absolute = 0, age = 0, tasks = 0;
        foreach (ref readonly var server in report.Servers.AsSpan())
        {
            var difference = server.FreeHertz - server.TwinFreeHertz;
            error += difference;
            absolute += Math.Abs(difference);
            age += server.TwinAgeSlots;
            tasks += Math.Abs(server.Tasks - server.TwinTasks);
        }

        double n = report.Servers.Length;
        return new SlotRow(
            report.Slot, report.Total, report.UtilisationMean, error / n, absolute / n, report.Twins is { } twins ? (double)twins.Age / twins.Twins : age / n,
            tasks / n, Convert.ToHexStringLower(report.Digest))
        {
            Twins = report.Twins,
        };
    }
}
