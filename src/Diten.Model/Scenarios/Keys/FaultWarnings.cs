using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Faults that can be run with, and strike nothing.</summary>
internal static class FaultWarnings
{
    /// <summary>What the scenario alone tells.</summary>
    /// <param name="written">What was written, by key.</param>
    public static IEnumerable<ScenarioWarning> Of(Scenario scenario, Dictionary<string, ScenarioEntry> written)
    {
        foreach (var fault in scenario.Faults.All)
            if (Idle(fault, scenario) is { } idle && Writer(written, fault, idle.Key) is { } entry)
                yield return new ScenarioWarning(entry, idle.Text);
    }

    /// <summary>What the places of servers and stations tell besides.</summary>
    /// <inheritdoc cref="Of(Scenario, Dictionary{string, ScenarioEntry})"/>
    public static IEnumerable<ScenarioWarning> Of(FaultPlan plan, Dictionary<string, ScenarioEntry> written)
    {
        foreach (var planned in plan.All)
        {
            if (planned.Targets.Any()) continue;
            var fault = planned.Fault;
            var (key, why) = fault.Selection switch
            {
                FaultSelection.Share => ("share", "drew none"),
                FaultSelection.Circle => ("circle", "holds none"),
                _ => ("rectangle", "holds none"),
            };
            if (Writer(written, fault, key) is { } entry)
                yield return new ScenarioWarning(entry, FormattableString.Invariant(
                    $"has no effect: it {why} of {planned.Candidates} {(fault.TargetsStations ? "stations" : "servers")}."));
        }
    }

    private static (string Key, string Text)? Idle(Fault fault, Scenario scenario) => fault switch
    {
        { What: FaultWhat.Request } when scenario.Twins.Sync == TwinSync.State && !AsksServers(scenario) =>
            ("link", "has no effect: with twins.sync = state nobody asks for anything."),
        { What: FaultWhat.Report } when scenario.Decisions.Rounds == 1 && scenario.Twins.Load != TwinLoad.Reckoned =>
            ("link", $"has no effect: with decisions.rounds = 1 and twins.load = {Words.Kebab(scenario.Twins.Load.ToString())} twins make nothing of reports."),
        { Kind: FaultKind.LoseQueue } when scenario.Servers.Sharing != CpuSharing.Fifo =>
            ("kind", $"has no effect: with servers.sharing = {Words.Kebab(scenario.Servers.Sharing.ToString())} no work is left over."),
        { Kind: FaultKind.Limit, Every: 1 } => ("every", "has no effect: everything gets through."),
        _ => null,
    };

    /// <summary>Whether stations ask servers themselves, on the link of requests.</summary>
    private static bool AsksServers(Scenario scenario) => scenario.Decisions is { OnDesync: DesyncResponse.Query, QueryFaults: true };

    private static ScenarioEntry? Writer(Dictionary<string, ScenarioEntry> written, Fault fault, string key) =>
        written.GetValueOrDefault(FaultReader.KeyOf(fault.Name, key));
}
