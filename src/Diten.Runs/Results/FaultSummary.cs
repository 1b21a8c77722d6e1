using System.Text.Json.Serialization;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Worlds;

namespace Diten.Runs.Results;

/// <summary>What came of one fault in a run, in <c>summary.json</c>.</summary>
/// <param name="Kind">As in the scenario, such as <c>drop</c>.</param>
/// <param name="What">The link or the kind of entity that it strikes.</param>
/// <param name="Targets">Servers or stations that it can strike.</param>
/// <param name="Slots">Stretches [from, to) of slots in which it was in force at one of them at least.</param>
/// <param name="Offered">On a link: messages that met it while it was in force. Else slots in which it was in force, added up over its targets. Null where nobody
/// counted: on a link of a run whose twins are not measured.</param>
/// <param name="Hit">On a link: those that it struck. Else as <paramref name="Offered"/>.</param>
public sealed record FaultSummary(
    string Name, string Kind, string What, int Targets, IReadOnlyList<int[]> Slots,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Offered,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Hit)
{
    /// <summary>The faults of a run, in the order of their names.</summary>
    internal static IReadOnlyList<FaultSummary> Of(RunDescription run, RunOutcome outcome) => [.. World.PlanFaults(run.Scenario, run.Topology).All.Select(planned =>
    {
        var (fault, slots, counts) = (planned.Fault, outcome.SlotsCompleted, outcome.Twins?.Faults);
        long? inForce = fault.IsOnLink ? null : FaultWindows.TargetSlots(planned, slots);
        return new FaultSummary(
            fault.Name, FaultWords.Of(fault.Kind), FaultWords.Of(fault.What), planned.Targets.Count(),
            [.. FaultWindows.Stretches(planned, slots).Select(stretch => new[] { stretch.From, stretch.To })],
            inForce ?? counts?.Offered[planned.Index], inForce ?? counts?.Hit[planned.Index]);
    })];
}
