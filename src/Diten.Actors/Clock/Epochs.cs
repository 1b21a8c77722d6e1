using System.Collections.Immutable;
using Akka.Actor;

namespace Diten.Actors;

/// <summary>How nodes come and go, and how an epoch is opened: zones are placed on the nodes that there are, from the last checkpoint on.</summary>
internal static class Epochs
{
    /// <summary>Epochs that may break one after the other before a slot is done.</summary>
    private const int BreaksOfPatience = 5;

    /// <summary>How long a run that goes on waits for nodes that are not ready, while others are.</summary>
    private static readonly TimeSpan NewcomerPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>The cluster looks otherwise than before.</summary>
    public static void Update(Turn turn, HostsSeen seen)
    {
        var before = turn.Roster;
        turn.Roster = before.Update(seen);
        if (turn.State.Run is not { } run)
            return;
        // Whoever holds zones is lost when it is gone, whether or not it wanted to leave: it had not been let go.
        var lost = turn.Roster.Missing(
            run.Epoch is { } epoch ? epoch.Hosts.Select(host => host.Node) : before.Seen.Keys.Where(node => !before.IsLeaving(node)));
        foreach (var node in lost)
            turn.Notice(RunNoticeKind.NodeLost, turn.SlotNow, $"node {node} is lost");
        if (lost.Count > 0 && run.Epoch is not null)
            Reopen(turn, $"node {lost[0]} is lost");
        else if (lost.Count > 0 && run.Stage <= Stage.Gathering) // it will not come: nobody shall wait for it
            turn.Run = run with { Needed = Math.Max(1, run.Needed - lost.Count), Watch = run.Watch.Progressed() };
        AskHosts(turn);
        OpenIfAllAreReady(turn);
    }

    /// <summary>Nodes that have not answered are asked.</summary>
    public static void AskHosts(Turn turn)
    {
        if (turn.State.Run is not { Prepared: not null } run)
            return;
        foreach (var host in turn.Roster.Unasked)
            turn.Tell(host.Ref, new PrepareRun(run.Spec!));
    }

    /// <summary>A node is ready for the run.</summary>
    public static void Admit(Turn turn, HostReady ready)
    {
        if (ready.RunId != turn.Run.Id || turn.Run.Prepared is not { } prepared || turn.Roster.NodeOf(turn.Sender) is not { } node)
            return;
        if (ready.WorldFingerprint != prepared.WorldFingerprint && turn.Run.EarlierWorlds.Contains(ready.WorldFingerprint))
            return; // it was asked before the run was changed, and is asked again
        if (ready.WorldFingerprint != prepared.WorldFingerprint)
        {
            Endings.Fail(turn, $"Node {ready.Node} reads other data files than the clock's node: the same files must be on all nodes.", null);
            return;
        }

        var otherCpu = ready.NumericFingerprint != turn.Setup.NumericFingerprint;
        if (otherCpu && !turn.Setup.AllowOtherCpus)
        {
            turn.Roster = turn.Roster.Refuse(node);
            turn.Notice(
                RunNoticeKind.OtherCpu, turn.SlotNow, $"node {ready.Node} computes differently in the last bit ({ready.Platform}) and is not used");
            return;
        }

        var roster = turn.Roster.Admit(new ReadyHost(node, ready, turn.Sender));
        if (roster == turn.Roster)
            return;
        turn.Roster = roster;
        turn.Progressed();
        if (otherCpu)
            turn.Notice(
                RunNoticeKind.OtherCpu, turn.SlotNow,
                $"node {ready.Node} computes differently in the last bit ({ready.Platform}): results are not reproducible");
        if (turn.Run.Stage == Stage.Gathering)
            OpenIfAllAreReady(turn);
        else if (turn.KeepsCheckpoints)
            ReplaceZones(turn);
    }

    /// <summary>A node wants to leave: its zones go elsewhere first, at the end of the slot; where that cannot be, the run stops.</summary>
    public static void LetGo(Turn turn, IActorRef host)
    {
        var node = turn.Roster.NodeOf(host);
        if (node is null || turn.State.Run?.Epoch?.Hosts.Any(held => held.Node == node) != true)
        {
            if (node is not null)
                turn.Roster = turn.Roster.Leave(node);
            turn.Tell(host, new MayLeave());
            return;
        }

        var known = turn.Roster.IsLeaving(node);
        turn.Roster = turn.Roster.Leave(node);
        if (known)
            return;
        if (!turn.KeepsCheckpoints)
        {
            Endings.Fail(turn, $"Node {node} leaves, and without checkpoints its zones cannot go elsewhere.", null);
            turn.Tell(host, new MayLeave());
        }
        else if ((turn.Roster.Usable.Count == 0 || LacksLearner(turn)) && turn.Roster.Unasked.All(host => turn.Roster.IsLeaving(host.Node)))
        {
            turn.Notice(RunNoticeKind.NodeLost, turn.SlotNow, $"node {node} leaves, and no other can take what it holds: the run stops");
            Endings.Stop(turn);
        }
        else
        {
            ReplaceZones(turn);
        }
    }

    /// <summary>Nodes are gathered for the next epoch.</summary>
    public static void Gather(Turn turn)
    {
        turn.Run = turn.Run with { Stage = Stage.Gathering, Epoch = null, PaceDue = null, Gathering = turn.Now };
        if (turn.Run.Stopping)
        {
            Endings.Stop(turn);
            return;
        }

        AskHosts(turn);
        OpenIfAllAreReady(turn);
    }

    /// <summary>Opens the epoch that nodes are gathered for, as soon as enough are ready.</summary>
    public static void OpenIfAllAreReady(Turn turn)
    {
        if (turn.State.Run is not { Stage: Stage.Gathering } run || !HasEnough(turn))
            return;
        // A run that goes on does not wait for a node that has just been started; it gets its share at a slot's end.
        var begins = run.History.Epoch == 0;
        if (turn.Roster.Unasked.Any() && (begins || turn.Now - run.Gathering < NewcomerPatience))
            return;
        Open(turn, begins ? "the run begins" : "the run goes on");
    }

    /// <summary>Which nodes a run waits for, in words.</summary>
    public static string DescribeGathering(Turn turn)
    {
        var usable = turn.Roster.Usable;
        if (usable.Count >= turn.Run.Needed && LacksLearner(turn))
            return "no node with the role learner is ready";
        var silent = string.Join(", ", turn.Roster.Unasked.Select(host => host.Node));
        return $"{usable.Count} of {turn.Run.Needed} nodes are ready{(silent.Length > 0 ? $", no answer from {silent}" : "")}";
    }

    /// <summary>An epoch that cannot go on is followed by another one, from the last checkpoint that counts.</summary>
    public static void Reopen(Turn turn, string why)
    {
        var run = turn.Run;
        if (!turn.Setup.Durable && run.Epoch is { Slot: var slot, SlotDone: var done } && (slot > 0 || slot == 0 && done))
        {
            Endings.Fail(turn, $"{why}; without a journal the run cannot go on", null);
            return;
        }

        turn.Run = run with { Breaks = run.Breaks + 1 };
        if (turn.Run.Breaks > BreaksOfPatience)
            Endings.Fail(turn, $"No slot was done in {BreaksOfPatience} epochs. The last one: {why}", null);
        else if (HasEnough(turn))
            Open(turn, why);
        else
            Gather(turn);
    }

    /// <summary>Opens the next epoch; it starts when the journal has it.</summary>
    public static void Open(Turn turn, string why)
    {
        var run = turn.Run;
        if (run.Taken < run.History.CommittedSlot - 1)
        {
            Endings.Fail(
                turn, $"Results are kept of the first {run.Taken + 1} slots only, but the run would go on from slot {run.History.CommittedSlot}.", null);
            return;
        }

        // Without an epoch, what comes from zones now is void.
        turn.Run = run with { Stage = Stage.OpeningEpoch, Epoch = null, Needed = 1, Replace = false, PaceDue = null, Why = why };
        turn.Record(new EpochOpened(run.History.Epoch + 1));
    }

    /// <summary>The journal has the epoch: zones are placed.</summary>
    public static void Start(Turn turn, long number)
    {
        if (!HasEnough(turn) || turn.Run.Stopping && turn.Run.History.CommittedSlot == 0)
        {
            Gather(turn);
            return;
        }

        var (run, hosts) = (turn.Run, turn.Roster.Usable);
        var (plan, committed) = (run.Prepared!.Plan, run.History.CommittedSlot);
        var nodeOf = NodesOf(plan, run.Spec!.Options, hosts, run.Training);
        var placed = hosts.Select((_, host) => new StartZones(
            number, run.Spec, committed, [.. Enumerable.Range(0, nodeOf.Length).Where(zone => nodeOf[zone] == host)])).ToArray();
        turn.Run = run with
        {
            Stage = Stage.StartingZones,
            Replace = false, // whoever was ready by now has its share
            FirstSlot = run.Started is null ? committed : run.FirstSlot,
            Watch = run.Watch.Progressed(),
            Epoch = new EpochState
            {
                Number = number,
                Hosts = hosts,
                Placed = placed,
                Learner = run.Training ? plan.LearnerPart : null,
                All = [.. Enumerable.Range(0, plan.Parts(run.Training))],
                Work = new EpochWork(plan.World, run.Spec.Options, run.History, plan.Parts(run.Training), turn.KeepsCheckpoints),
                HostsPending = ImmutableSortedSet.CreateRange(StringComparer.Ordinal, hosts.Select(host => host.Node)),
                Zones = [.. Enumerable.Repeat(ActorRefs.Nobody, plan.Parts(run.Training))],
                Slot = committed - 1,
            },
        };
        for (var host = 0; host < hosts.Count; host++)
            turn.Tell(hosts[host].Ref, placed[host]);
        foreach (var leaving in turn.Roster.Seen.Values.Where(host => turn.Roster.IsLeaving(host.Node)))
            turn.Tell(leaving.Ref, new MayLeave());
        turn.Notice(RunNoticeKind.EpochOpened, committed, $"epoch {number} from slot {committed} on {hosts.Count} nodes: {run.Why}");
    }

    /// <summary>A host has started its zones; once all have, zones are told of each other.</summary>
    public static void Connect(Turn turn, ZonesStarted started)
    {
        if (!turn.IsNow(started.Epoch) || turn.Roster.NodeOf(turn.Sender) is not { } node || !turn.Epoch.HostsPending.Contains(node))
            return;
        turn.Progressed();
        var zones = turn.Epoch.Zones.ToBuilder();
        foreach (var zone in started.Zones)
            zones[zone.Zone] = zone.Ref;
        turn.Epoch = turn.Epoch with { Zones = zones.ToImmutable(), HostsPending = turn.Epoch.HostsPending.Remove(node) };
        if (!turn.Epoch.HostsPending.IsEmpty)
            return;
        turn.Epoch = turn.Epoch with { Pending = turn.Epoch.All };
        turn.Run = turn.Run with { Stage = Stage.Priming };
        foreach (var zone in turn.Epoch.Pending)
            turn.Tell(turn.Epoch.Zones[zone], StartOf(turn, zone));
    }

    /// <summary>What a zone is told of its neighbours.</summary>
    public static StartZone StartOf(Turn turn, int zone)
    {
        var (epoch, plan) = (turn.Epoch, turn.Run.Prepared!.Plan);
        return new StartZone(Array.ConvertAll(plan.Partners(zone), other => new ZoneLink(other, epoch.Zones[other])))
        {
            Learner = epoch.Learner is { } learner ? epoch.Zones[learner] : null,
        };
    }

    private static int[] NodesOf(CityPlan plan, EmulationOptions options, IReadOnlyList<ReadyHost> hosts, bool training)
    {
        var nodeOf = options.DealZones
            ? [.. Enumerable.Range(0, plan.Zones.Count).Select(zone => zone % hosts.Count)]
            : Placement.Place(plan, [.. hosts.Select(host => host.Says.Lanes)]);
        return training ? [.. nodeOf, hosts.TakeWhile(host => !host.Says.CanLearn).Count()] : nodeOf;
    }

    /// <summary>At the end of the slot, zones are placed anew, from a checkpoint of that moment.</summary>
    private static void ReplaceZones(Turn turn)
    {
        turn.Run = turn.Run with { Replace = true };
        SlotRounds.BeginNextIfDue(turn);
    }

    private static bool HasEnough(Turn turn)
    {
        var ready = turn.Roster.Usable.Count;
        return ready > 0 && ready >= turn.Run.Needed && !LacksLearner(turn);
    }

    private static bool LacksLearner(Turn turn) => turn.Run.Training && !turn.Roster.Usable.Any(host => host.Says.CanLearn);
}
