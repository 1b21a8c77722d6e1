using Diten.Model.BackgroundLoad;
using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Runs.Results;

/// <summary>Says what a world was read from: rows read, kept, and dropped for which reason.</summary>
internal static class InputReport
{
    /// <summary>A fact a line; nothing where a scenario names no data files.</summary>
    public static IEnumerable<string> Lines(World world) =>
    [
        .. world.TopologyReport.Sites is { } sites ? [Sites(sites)] : Array.Empty<string>(),
        .. world.MobilityReport.Traces?.Lines ?? [],
        .. world.Mobility is RecordedJourneys journeys ? [Use(JourneyUse.SpeedMetresPerSecond(world.Scenario, journeys))] : Array.Empty<string>(),
        .. world.Background is TraceBackground background ? [Background(world.Scenario.Servers.BackgroundTraces!, background.Traces.Machines)] : Array.Empty<string>(),
        .. world.Policies.OfType<LearnedPolicy>().Where(learned => learned.File is not null).Select(learned => Policy(learned.File!, learned.Weights)),
        .. Notes(world),
    ];

    /// <summary>What is assumed of data, or will not be as recorded: worth saying before a run. A sentence each, and among <see cref="Lines"/>.</summary>
    public static IEnumerable<string> Notes(World world)
    {
        if (world.Mobility is RecordedJourneys journeys && JourneyUse.DevicesTogether(world.Scenario, journeys) is > 0 and var together)
            yield return FormattableString.Invariant(
                $"note: {world.Scenario.Devices.Traces}: {together} of {world.Scenario.Devices.Count} devices draw a journey that another one draws, too (recorded: {journeys.Count}), and are where that one is all the time");
        if (world.Background is not TraceBackground { Traces: var traces })
            yield break;
        var path = world.Scenario.Servers.BackgroundTraces;
        if (traces.UnitIsAssumed)
            yield return $"note: {path}: no CPU use is above 1, so it is taken as a fraction, 1 = all of the CPU; servers.background.trace-unit says whether it is a fraction or percent";
        if (traces.Machines.Sum(machine => (long)machine.Clamped) is > 0 and var clamped)
            yield return FormattableString.Invariant(
                $"note: {path}: {clamped} of {traces.Machines.Sum(machine => (long)machine.Kept)} values are below 0 or above {BackgroundLoads.Maximum * 100:0.#} % and count as the nearer of the two");
    }

    private static string Sites(SitesReport sites) => FormattableString.Invariant(
        $"{sites.File}: {sites.RowsRead} rows read, {sites.Kept} kept, {sites.RowsRead - sites.Kept} dropped ({sites.Duplicates} duplicates, {sites.Unreadable} unreadable, {sites.OutOfRange} out of range)");

    private static string Use(double metresPerSecond) => FormattableString.Invariant(
        $"devices of this scenario move at {metresPerSecond:0.##} m/s on average, on the journeys that they draw");

    private static string Policy(string file, PolicyWeights weights)
    {
        var blind = DecisionFeatures.NamesOf(weights.State).Where((_, feature) => !weights.Features[feature]).ToArray();
        return FormattableString.Invariant(
            $"{file}: a {weights.Kind.ToString().ToLowerInvariant()} policy {PolicyShape.Describe(weights)} of {PolicyShape.Parameters(weights.Layers)} numbers with SHA-256 {PolicyFile.Hash(weights)}{(blind.Length > 0 ? ", without the features " + string.Join(", ", blind) : "")}");
    }

    private static string Background(string source, IReadOnlyList<CpuTrace> traces)
    {
        var (read, kept) = (traces.Sum(trace => (long)trace.RowsRead), traces.Sum(trace => (long)trace.Kept));
        return FormattableString.Invariant(
            $"{source}: {traces.Count} CPU traces, {read} rows read, {kept} kept, {read - kept} dropped ({traces.Sum(trace => trace.Unreadable)} unreadable, {traces.Sum(trace => trace.OutOfOrder)} not later than the row before); a value holds over each of {traces.Sum(trace => trace.Gaps)} gaps");
    }
}
