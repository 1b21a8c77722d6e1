using Diten.Actors;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Runs.Demos.Lectures;

/// <summary>Keeps what some devices of a run could have chosen, by the rules of the emulation itself: those of its offline bounds.</summary>
/// <param name="world">The run's, with per-server tables, and tables of these devices.</param>
internal sealed class ChoiceRecorder(World world, IReadOnlyList<int> devices) : IRunObserver
{
    private readonly List<DeviceSlotRecord> _records = [];
    private readonly List<ServerSlotRecord[]> _servers = [];

    /// <summary>Why nothing can be told of what else a device could have chosen: what a scenario says, and what it may say; null where it can.</summary>
    public static (string Found, string Allowed)? WhyNot(Scenario scenario) =>
        scenario.Decisions.Rounds > 1
            ? (FormattableString.Invariant($"decisions.rounds = {scenario.Decisions.Rounds}"), "decisions.rounds = 1, for what twins say changes from round to round")
        : scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive)
            ? ($"servers.sharing = {(scenario.Servers.Sharing == CpuSharing.Fifo ? "fifo" : "processor-sharing")}", "servers.sharing = equal or exclusive")
        : scenario.Faults.ChangesWhatTasksMeet
            ? ($"faults {string.Join(", ", scenario.Faults.All.Select(fault => fault.Name))}", "no faults on servers, stations, radio or backhaul")
        : null;

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _servers.Add(report.Servers);
        _records.AddRange(report.Devices.Where(record => devices.Contains(record.Device)));
    }

    /// <summary>Their choices, by device, in the order in which they are named.</summary>
    /// <exception cref="UserErrorException">Stations knew something that records do not tell.</exception>
    public IReadOnlyList<DeviceChoices> Choices()
    {
        var journeys = new SingleJourneys(world.Scenario, world.Topology, slot => _servers[slot]);
        var told = new BoundInputs(world.Scenario, world.Topology, world.Mobility).Journeys(_records, slot => _servers[slot])
            .SelectMany(journey => journeys.Hindsight(journey)).ToLookup(choice => choice.Record.Device, Told);
        return [.. devices.Select(device => new DeviceChoices(device, [.. told[device]]))];
    }

    private static DeviceChoice Told(HindsightChoice choice) => choice.IsAsDecided
        ? new DeviceChoice(
            choice.Record.Slot, choice.Serving, choice.Chosen, choice.Record.DeadlineSeconds,
            [.. choice.Candidates.Select((one, k) => new OfferedCandidate(
                one.Server, Math.Round(one.DistanceMetres, 1), one.TwinTasks, one.PredictedSeconds, one.TrueSeconds, choice.RegretSeconds(k)))])
        : throw new UserErrorException(FormattableString.Invariant(
            $"devices: found {choice.Record.Device}, which decided in slot {choice.Record.Slot} on other than what twins had published for it; allowed: stations that know nothing else (no faults on estimates, no answers, queries or trust)."));
}
