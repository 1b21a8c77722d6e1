using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.EdgeServers;

/// <summary>The rules by which a server keeps its twin in sync: in which slots it tells it, and what (model.md §10, Syncs).</summary>
public static class ServerSync
{
    /// <summary>The sync that tells the twin of the last slot; null where it is told nothing, for which no sequence number is used up.</summary>
    /// <remarks>A twin that asked for a whole sync gets it when the next one is due: asking makes none due.</remarks>
    public static SynchronizeTwin? Observe(EdgeServerState state, TwinsSection twins)
    {
        var now = state.LastSlot;
        if (now.Slot >= 0 && (state.Down || !IsDue(state.LastTold, now, twins)))
            return null;
        var sync = new SynchronizeTwin(state.Server, state.NextSync, now.Slot, now.FreeHertz, now.Tasks, state.ResyncDue);
        state.NextSync++;
        state.LastTold = now;
        if (twins.Resync == TwinResync.Once)
            state.ResyncDue = false;
        return sync;
    }

    /// <summary>What was true in the last slot, for a twin that is to publish it (<c>twins.exact</c>); whatever the server is fit to tell.</summary>
    public static ShowTruth Show(EdgeServerState state) =>
        new(state.Server, state.LastSlot.Slot, state.LastSlot.FreeHertz, state.LastSlot.Tasks);

    /// <summary>The twin asks for a whole sync. A server that is down hears nothing; the twin will ask again, since it still misses some.</summary>
    public static void Apply(EdgeServerState state, ResyncRequested _) // what is missing does not matter: a whole sync has it all
    {
        if (!state.Down)
            (state.ResyncDue, state.FirstWhole) = (true, state.NextSync);
    }

    /// <summary>The twin took over a whole sync: the server goes on without, unless it is an older one than the twin asked for since.</summary>
    public static void Apply(EdgeServerState state, ResyncHeard heard)
    {
        if (!state.Down && heard.Sequence >= state.FirstWhole)
            state.ResyncDue = false;
    }

    private static bool IsDue(in ToldState told, in ToldState now, TwinsSection twins) => twins.Send switch
    {
        TwinSend.EverySlot => true,
        TwinSend.Every => now.Slot % twins.SendEverySlots == 0,
        _ => now.Tasks != told.Tasks
            || Math.Abs(now.FreeHertz - told.FreeHertz) > twins.SendChange * told.FreeHertz
            || now.Slot - told.Slot >= twins.HeartbeatSlots,
    };
}
