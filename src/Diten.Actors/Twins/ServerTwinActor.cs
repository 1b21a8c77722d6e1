using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

// A twin takes: SynchronizeTwin and ShowTruth from its server, ReportPlacements from stations in reach, BeginPhase from its zone. What it is told it looks at
// when its next phase begins: then it knows which slot it is.

/// <summary>Hosts the digital twin of one edge server: the rules are in <see cref="ServerTwin"/> and <see cref="TwinSyncs"/>.</summary>
internal sealed class ServerTwinActor(World world, int server, bool journal) : ZoneEntityActor(EntityKind.Twin, server)
{
    private readonly TwinLinks _links = new(world, server);
    private readonly List<SynchronizeTwin> _syncs = [];
    private readonly List<ReportPlacements> _reports = [];
    private readonly List<TwinEvent> _happened = [];
    private ServerTwinState _state = ServerTwinState.Fresh(server);
    private TwinEstimate? _believed, _published;
    private ShowTruth? _truth;
    private bool _forgotten;

    /// <inheritdoc/>
    protected override bool Handle(object message)
    {
        if (_forgotten && message is not TwinRecalled)
            return true; // its zone tells it again, once it knows what it was
        switch (message)
        {
            case TwinRecalled recalled:
                _state = recalled.State;
                _believed = ServerTwin.Publish(_state, world.Scenario, recalled.Slot);
                _forgotten = false;
                return true;
            case ReportPlacements placements:
                _reports.Add(placements);
                return true;
            case SynchronizeTwin sync:
                _syncs.Add(sync);
                return true;
            case ShowTruth truth:
                _truth = truth;
                return true;
            case TwinSaved saved:
                _state = saved.State;
                _published = saved.Links?.Published;
                if (saved.Links is not null)
                    _links.Restore(saved.Links);
                return true;
            case BeginPhase { Phase: var phase }:
                Begin(phase);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A new actor in the place of one that failed knows nothing.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _forgotten = journal;
    }

    private void Begin(Phase phase)
    {
        switch (phase.Kind)
        {
            case PhaseKind.Learn:
                Count(phase.Slot);
                Publish(phase.Slot, phase.Round);
                Done(phase);
                break;
            case PhaseKind.PublishFirst: // after a restore there is nothing new to those who keep what it published
                EndSlot(phase.Slot);
                Publish(phase.Slot, -1);
                _believed = HeldIn(phase.Slot + 1);
                TellPublished(phase, _believed, null);
                break;
            case PhaseKind.Complete:
                var believed = _believed!;
                Count(phase.Slot);
                var facts = EndSlot(phase.Slot);
                Publish(phase.Slot, -1);
                _believed = HeldIn(phase.Slot + 1);
                TellPublished(phase, believed, facts.IsOrdinary ? null : facts);
                break;
            case PhaseKind.Checkpoint:
                Post.Directory.Zone.Tell(new EntitySaved(Kind, Id, phase, new TwinSaved(_state) { Links = _links.Save(_published) }), Self);
                break;
            default:
                throw new InvalidOperationException($"{this} has no part in {phase}.");
        }
    }

    /// <summary>Counts what stations reported since the last phase.</summary>
    private void Count(int slot)
    {
        if (world.Faults.TroubleOf(Id, slot).Listens)
            foreach (var placements in _reports)
                _state = ServerTwin.Apply(_state, placements, slot, world.Scenario);
        _reports.Clear();
    }

    /// <summary>Takes the syncs that came in the slot, answers them, and forgets what counts for the slot only.</summary>
    private TwinFacts EndSlot(int slot)
    {
        var trouble = world.Faults.TroubleOf(Id, slot);
        var (scenario, twins) = (world.Scenario, world.Scenario.Twins);
        var taken = trouble.Listens
            ? TwinSyncs.Take(_state, _syncs, world.Faults.SkewSlots(Id, slot), twins, _happened)
            : TwinSyncs.Refuse(_state, _syncs);
        _syncs.Clear();
        _state = ServerTwin.EndSlot(taken.State, slot, twins, _happened);
        if (trouble.Forgets)
            _state = ServerTwin.Forget(_state, trouble.DeadSince, scenario, _happened);
        if (_truth is { } shown && shown.Slot != slot)
            throw new InvariantViolatedException($"{this}, slot {slot}: it was shown the truth of slot {shown.Slot}.");
        if (_truth is { } truth && !trouble.IsFrozen) // what a frozen twin tells is of the slot in which it froze
            _state = ServerTwin.Show(_state, truth, twins, _happened);
        _truth = null;
        if (taken.Heard is { } heard)
            _links.Tell(new TwinWord(true, heard.Sequence), slot, Post, Work.Tally);
        if (taken.Request is { } request)
            _links.Tell(new TwinWord(false, request.From), slot, Post, Work.Tally);
        return new TwinFacts(Id, taken.Accepted, taken.Refused, ServerTwin.ConditionOf(_state, twins, slot + 1));
    }

    /// <summary>Tells the stations in reach, where there is anything new; and delivers what arrives late.</summary>
    private void Publish(int slot, int round)
    {
        if (!world.Faults.TroubleOf(Id, slot).IsDead)
        {
            var estimate = ServerTwin.Publish(_state, world.Scenario, world.Faults, slot, round);
            if (_published is null || !estimate.TellsNoMoreThan(_published))
            {
                _published = estimate;
                _links.Tell(estimate, slot, round, Post, Work.Tally);
            }
        }

        _links.Deliver(slot, round, Post);
    }

    /// <summary>What it published for a slot; where it has not, what it published last.</summary>
    private TwinEstimate HeldIn(int slot) =>
        _published!.Slot == slot ? _published : ServerTwin.Silent(_state, _published, world.Scenario.Twins, slot);

    private void TellPublished(Phase phase, TwinEstimate believed, TwinFacts? facts)
    {
        Post.Directory.Zone.Tell(
            new TwinPublished(Id, phase, Post.TakeOutbox(), believed, journal && _happened.Count > 0 ? [.. _happened] : null) { Facts = facts }, Self);
        _happened.Clear();
    }
}
