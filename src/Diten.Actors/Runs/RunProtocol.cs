using System.IO.Hashing;
using System.Text;

namespace Diten.Actors;

/// <summary>A run, as every node is told of it.</summary>
/// <param name="RunId">Names the run in the journal; no two runs of a journal have the same one.</param>
/// <param name="Name">Name of the scenario, for people.</param>
/// <param name="ScenarioText">The whole scenario, every key, as a scenario file.</param>
/// <param name="Nodes">Nodes that must be up before the run begins.</param>
/// <param name="Options">What it is asked to do besides its scenario.</param>
public sealed record RunSpec(string RunId, string Name, string ScenarioText, int Nodes, EmulationOptions Options)
{
    /// <summary>Hash of the scenario and of the data files that it names, hex, when the run was begun; empty = not known.</summary>
    public string World { get; init; } = "";

    /// <summary>The same hash, of the scenario as it was changed while the run went on; empty = it was not.</summary>
    public string EditedWorld { get; init; } = "";

    /// <summary>Hash of <see cref="ScenarioText"/> and of the data files that it names, hex; empty = not known.</summary>
    public string CurrentWorld => EditedWorld.Length > 0 ? EditedWorld : World;

    /// <summary>Marks all that is kept of this run, so that nothing of another one is taken for it, not even of one with the same name.</summary>
    public ulong Mark => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{RunId}\n{World}"));
}

/// <summary>To the clock: do this run, or go on with it where the journal knows it. Said again until answered.</summary>
/// <param name="TakenSlot">Last slot whose report was taken, in an earlier life of the observer; −1 for a new run.</param>
internal sealed record SubmitRun(RunSpec Run, int TakenSlot);

/// <summary>Reply to <see cref="SubmitRun"/>.</summary>
internal sealed record RunAccepted(string RunId);

/// <summary>Reply to <see cref="SubmitRun"/>: not now, or not this one.</summary>
internal sealed record RunRefused(string RunId, string Reason);

/// <summary>To the clock, again and again: send reports of this run here. A clock that took over hears of its observer by this.</summary>
/// <param name="TakenSlot">Last slot whose report was taken; −1 before the first.</param>
internal sealed record WatchRun(string RunId, int TakenSlot);

/// <summary>Reply to <see cref="WatchRun"/>: neither this clock nor its journal knows the run; it has to be submitted.</summary>
internal sealed record RunUnknown(string RunId);

/// <summary>To an observer, by whoever starts nodes for it: so many can still be had.</summary>
public sealed record ExpectNodes(int Nodes);

/// <summary>From the observer to the clock: a slot's report has been taken, with all before it, and will not be lost.</summary>
internal sealed record ReportTaken(string RunId, int Slot);

/// <summary>To the clock: end the run when the current slot is done.</summary>
public sealed record StopAfterSlot;

/// <summary>To the clock: the run cannot go on.</summary>
public sealed record RunFailed(string Message, Exception? Cause);

/// <summary>From the clock to the observer: the run is over, and whole.</summary>
internal sealed record RunEnded(RunOutcome Outcome);

/// <summary>From the clock to the observer: something happened that people want to know (a node was lost, zones moved, a checkpoint counts).</summary>
/// <param name="Epoch">The epoch that it happened in; 0 before the first.</param>
/// <param name="Slot">The slot that it is about: the one that comes next, or the one that was completed.</param>
public sealed record RunNotice(RunNoticeKind Kind, long Epoch, int Slot, string Text);

/// <summary>What a <see cref="RunNotice"/> is about.</summary>
public enum RunNoticeKind : byte
{
    /// <summary>Waiting for nodes.</summary>
    Waiting = 0,
    /// <summary>An epoch was opened: zones were placed, and slots begin, or are run again.</summary>
    EpochOpened = 1,
    /// <summary>A node was lost.</summary>
    NodeLost = 2,
    /// <summary>A checkpoint counts.</summary>
    CheckpointCommitted = 3,
    /// <summary>First slot completed in an epoch.</summary>
    FirstSlotCompleted = 4,
    /// <summary>A node computes differently in a last bit: it is not used, or, where that was allowed, results depend on where they come from.</summary>
    OtherCpu = 5,
}

/// <summary>To a host, by anyone who can reach it: what is this cluster doing?</summary>
public sealed record GetClusterStatus;

/// <summary>Reply to <see cref="GetClusterStatus"/>.</summary>
/// <param name="Run">Name of the run that goes on; null = none.</param>
public sealed record ClusterStatus(string? Run, int Slot, int Slots, long Epoch, int CommittedSlot, IReadOnlyList<NodeStatus> Nodes);

/// <summary>One member of the cluster.</summary>
/// <param name="State">Up, Joining, Leaving, Unreachable, …</param>
/// <param name="DeviceSlotsPerSecond">Of its zones, over the last seconds; 0 where it has none.</param>
public sealed record NodeStatus(string Node, string Roles, string State, IReadOnlyList<int> Zones, long Devices, double DeviceSlotsPerSecond)
{
    /// <summary>Whether it holds the learner of a training run.</summary>
    public bool Learns { get; init; }
}
