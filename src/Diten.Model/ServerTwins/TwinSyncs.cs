using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>What a twin made of the syncs that came in a slot.</summary>
/// <param name="State">After that.</param>
/// <param name="Accepted">Syncs that it took over.</param>
/// <param name="Refused">Syncs that it did not; a second copy does not count.</param>
/// <param name="Request">It asks its server for a whole one; null = it does not.</param>
/// <param name="Heard">It says that it took over a whole one; null = it does not.</param>
public readonly record struct TwinIntake(
    ServerTwinState State, int Accepted, int Refused, ResyncRequested? Request = null, ResyncHeard? Heard = null);

/// <summary>The rules by which a twin takes what came of its server's syncs in a slot (model.md §10, Syncs). It never guesses: what it missed, it asks for.</summary>
public static class TwinSyncs
{
    /// <summary>
    /// Takes the syncs of a slot together, in the order of their numbers. <c>twins.sync = state</c>: the newest counts, and what is older is ignored.
    /// <c>delta</c>: each rests on the one before; after a gap nothing is accepted but a whole one, and whenever a gap is seen it is asked for.
    /// </summary>
    /// <param name="arrived">In any order; is sorted.</param>
    /// <param name="skewSlots">Slots by which the twin takes them for younger than they are.</param>
    /// <param name="happened">Receives what happened to the twin.</param>
    public static TwinIntake Take(
        in ServerTwinState state, List<SynchronizeTwin> arrived, int skewSlots, TwinsSection twins, List<TwinEvent> happened)
    {
        if (arrived.Count == 0)
            return new TwinIntake(state, 0, 0);
        if (arrived.Count > 1)
            arrived.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        return twins.Sync == TwinSync.State
            ? TakeNewest(state, arrived, skewSlots, twins, happened)
            : TakeInTurn(state, arrived, skewSlots, twins, happened);
    }

    /// <summary>What a twin makes of syncs while it does not listen: it refuses them.</summary>
    /// <param name="arrived">In any order; is sorted.</param>
    public static TwinIntake Refuse(in ServerTwinState state, List<SynchronizeTwin> arrived)
    {
        arrived.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        return new TwinIntake(state, 0, Distinct(arrived));
    }

    private static TwinIntake TakeNewest(
        in ServerTwinState state, List<SynchronizeTwin> arrived, int skewSlots, TwinsSection twins, List<TwinEvent> happened)
    {
        var (newest, distinct) = (arrived[^1], Distinct(arrived));
        if (newest.Sequence <= state.Revision)
            return new TwinIntake(state, 0, distinct);
        var taken = new TwinSynchronized(newest.Sequence, newest.Slot + skewSlots, newest.FreeHertz, newest.Tasks);
        happened.Add(taken);
        return new TwinIntake(ServerTwin.Apply(state, taken, twins), 1, distinct - 1);
    }

    private static TwinIntake TakeInTurn(
        in ServerTwinState state, List<SynchronizeTwin> arrived, int skewSlots, TwinsSection twins, List<TwinEvent> happened)
    {
        var (twin, accepted, refused) = (state, 0, 0);
        ResyncRequested? request = null;
        ResyncHeard? heard = null;
        for (var i = 0; i < arrived.Count; i++)
        {
            var sync = arrived[i];
            if (i > 0 && sync.Sequence == arrived[i - 1].Sequence)
                continue; // its second copy
            var next = twin.Revision + 1;
            TwinEvent? happens = null;
            if (sync.Sequence >= next && sync.Full)
            {
                happens = new TwinResynchronized(sync.Sequence, sync.Slot + skewSlots, sync.FreeHertz, sync.Tasks);
                request = null;
                heard = twins.Resync == TwinResync.UntilHeard ? new ResyncHeard(twin.Server, sync.Sequence) : null;
                accepted++;
            }
            else if (sync.Sequence == next && !twin.Desynchronized)
            {
                happens = new TwinSynchronized(sync.Sequence, sync.Slot + skewSlots, sync.FreeHertz, sync.Tasks);
                accepted++;
            }
            else
            {
                refused++;
                if (sync.Sequence > next)
                {
                    request = new ResyncRequested(twin.Server, next);
                    happens = twin.Desynchronized ? null : new TwinDesynchronized(next);
                }
            }

            if (happens is null)
                continue;
            happened.Add(happens);
            twin = ServerTwin.Apply(twin, happens, twins);
        }

        return new TwinIntake(twin, accepted, refused, request, heard);
    }

    /// <summary>Syncs with different numbers among sorted ones.</summary>
    private static int Distinct(List<SynchronizeTwin> sorted)
    {
        var distinct = 0;
        for (var i = 0; i < sorted.Count; i++)
            if (i == 0 || sorted[i].Sequence != sorted[i - 1].Sequence)
                distinct++;
        return distinct;
    }
}
