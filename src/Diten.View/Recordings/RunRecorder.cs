using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Scenarios;

namespace Diten.View.Recordings;

/// <summary>Records a run slot by slot into its folder, for viewers to come and for those who watch it now.</summary>
public sealed class RunRecorder : IRunWatcher
{
    private FrameEncoder _encoder;
    private readonly FrameLayout _layout;
    private readonly StreamWriter _log, _nodesLog, _faultsLog;
    private readonly TimeProvider _time = TimeProvider.System; // tells people how fast it goes; never part of a result
    private readonly Recoveries _recoveries = new(TimeProvider.System);
    private readonly byte[] _details;
    private readonly bool _shown;
    private readonly Topology? _topology; // null = the run is not changed
    private string _lastLine = "", _lastNodesLine = "", _lastFaultsLine = "";
    private SlotTotals _total;
    private int _frames, _slots, _lastSlot, _lastFrame;
    private (long At, int Slots) _seen;

    /// <param name="folder">The run's folder, as it is while the run goes on.</param>
    /// <param name="name">Name of the scenario.</param>
    /// <param name="drawnEvery">A device is recorded where its id is a multiple of it; at least 1.</param>
    /// <param name="shown">Whether a server shows it, also when the run is over, and closes it.</param>
    public RunRecorder(string folder, string name, World world, int drawnEvery, bool shown = false)
        : this(folder, RecordedWorld.Of(name, world, drawnEvery), world.Faults, shown, world.Topology)
    {
    }

    internal RunRecorder(string folder, RecordedWorld recorded, FaultPlan faults, bool shown, Topology? topology = null)
    {
        (Recording, _shown, _topology) = (Recording.Create(folder, recorded), shown, topology);
        (_encoder, _layout) = (new FrameEncoder(recorded, faults), recorded.Layout());
        _details = new byte[_layout.DetailBytes];
        _seen = (_time.GetTimestamp(), 0);
        (_log, _nodesLog, _faultsLog) = (
            new StreamWriter(Recording.EventsIn(folder)), new StreamWriter(Recording.NodesIn(folder)), new StreamWriter(Recording.FaultsIn(folder)));
        Plan(0, faults);
        foreach (var told in FaultLines.Of(faults, recorded.Slots))
            Note(told);
    }

    internal Recording Recording { get; }

    private RecordedWorld World => Recording.World;

    /// <summary>Devices that are recorded: those whose id is a multiple of this.</summary>
    /// <param name="told">Reports have rows of devices whose id is a multiple of it; 0 = as many as are wanted.</param>
    public static int DrawnEveryFor(int devices, int told) => RecordedWorld.DrawnEveryFor(devices, Math.Max(1, told));

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _total.Add(report.Total);
        _slots++;
        _recoveries.SlotCompleted(_time.GetTimestamp());
        if (report.Learned is { } learned)
            Note(Learned(report.Slot, learned));
        if (report.Slot % World.EverySlots == 0 || report.Slot == World.Slots - 1)
            Append(report);
    }

    /// <summary>Records a slot of a run of which others may have been missed.</summary>
    /// <param name="total">Sums over all slots up to this one.</param>
    internal void SlotSeen(SlotReport report, SlotTotals total)
    {
        _slots += report.Slot - _lastSlot;
        _total = total;
        _recoveries.SlotCompleted(_time.GetTimestamp());
        if (_frames == 0 || report.Slot >= _lastFrame + World.EverySlots || report.Slot == World.Slots - 1)
            Append(report);
        _lastSlot = report.Slot;
    }

    private static RecordedEvent Learned(int slot, LearningReport made) => new(
        slot, "policy", FormattableString.Invariant($"policy version {made.Version}: reward of a journey {made.JourneyRewardMean:F2}, entropy {made.Entropy:F3} nats"))
    {
        Reward = double.IsFinite(made.JourneyRewardMean) ? made.JourneyRewardMean : null,
        Entropy = double.IsFinite(made.Entropy) ? made.Entropy : null,
    };

    private void Append(SlotReport report)
    {
        _lastFrame = report.Slot;
        var frame = new byte[_layout.FrameBytes]; // viewers may still be sent it when the next one comes
        _encoder.Encode(_frames++, report, _total, frame, _details);
        Recording.Append(frame, _details);
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        if (Word(notice.Kind) is { } kind && !_recoveries.HasTold(notice))
            Note(new RecordedEvent(notice.Slot, kind, notice.Text));
        foreach (var told in _recoveries.Take(notice, _time.GetTimestamp()))
            Note(told);
    }

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status)
    {
        if (status.Run is null)
            return;
        var seen = status.Nodes.Count > 0 ? NodesMoment.Of(status) : NodesMoment.Alone(status.Slot, World, Rate());
        foreach (var told in _recoveries.Take(seen))
            Note(told);
        if (Recording.Note(seen))
            _lastNodesLine = LogFile.Append(_nodesLog, _lastNodesLine, seen);
    }

    /// <inheritdoc/>
    public void Edited(RunEdited edit)
    {
        Note(new RecordedEvent(edit.Slot, "change", edit.Told));
        if (_topology is not null && edit.ScenarioText.Length > 0) // followers hear of the last change's only
        {
            var faults = Model.Worlds.World.PlanFaults(ScenarioFile.Parse(edit.ScenarioText, World.Name + ".conf"), _topology);
            _encoder = new FrameEncoder(World, faults);
            Plan(edit.Slot, faults);
        }
    }

    /// <summary>The run is over, or broke off: no more frames will come. What was recorded can still be read.</summary>
    public void Dispose()
    {
        Recording.End();
        _log.Dispose();
        _nodesLog.Dispose();
        _faultsLog.Dispose();
        if (!_shown)
            Recording.Dispose();
    }

    /// <summary>Device-slots/s since this was asked before.</summary>
    private double Rate()
    {
        var (now, slots) = (_time.GetTimestamp(), _slots - _seen.Slots);
        var rate = slots * (double)World.Devices / Math.Max(1e-3, _time.GetElapsedTime(_seen.At, now).TotalSeconds);
        _seen = (now, _slots);
        return rate;
    }

    private void Note(RecordedEvent happened)
    {
        if (Recording.Note(happened) is { } noted)
            _lastLine = LogFile.Append(_log, _lastLine, noted);
    }

    /// <summary>From now on these are the run's faults.</summary>
    private void Plan(int slot, FaultPlan faults)
    {
        Recording.Faults = faults;
        _lastFaultsLine = LogFile.Append(_faultsLog, _lastFaultsLine, RecordedPlan.Of(slot, faults));
    }

    private static string? Word(RunNoticeKind kind) => kind switch
    {
        RunNoticeKind.EpochOpened => "epoch",
        RunNoticeKind.NodeLost => "node-lost",
        RunNoticeKind.CheckpointCommitted => "checkpoint",
        RunNoticeKind.FirstSlotCompleted => "first-slot",
        RunNoticeKind.OtherCpu => "other-cpu",
        _ => null, // waiting is said again and again
    };
}
