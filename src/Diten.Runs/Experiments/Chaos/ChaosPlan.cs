using Diten.Model.Randomness;

namespace Diten.Runs.Experiments.Chaos;

/// <summary>Who is struck.</summary>
internal enum Victim
{
    /// <summary>Any node.</summary>
    Node,

    /// <summary>The node that the clock lives in.</summary>
    Coordinator,

    /// <summary>Two nodes at once, the clock's among them or not.</summary>
    Two,

    /// <summary>A node that is stopped for some seconds and wakes (SIGSTOP, SIGCONT): too short to be missed, or too long.</summary>
    Paused,

    /// <summary>All nodes at once; the run is then resumed.</summary>
    All,

    /// <summary>The program that started the nodes and writes the results; the run is then resumed.</summary>
    Launcher,
}

/// <summary>When it is struck.</summary>
internal enum Moment
{
    /// <summary>At any time in a slot.</summary>
    Slot,

    /// <summary>While a checkpoint is taken.</summary>
    Checkpoint,

    /// <summary>While the run gets over the strike before.</summary>
    Recovery,

    /// <summary>Before the first slot.</summary>
    StartUp,
}

/// <summary>What is done to a run.</summary>
internal readonly record struct Strike(Victim Victim, Moment Moment)
{
    /// <summary>Whether it takes a run that was started as users start it: by a program of its own, which is struck, or resumed.</summary>
    public bool TakesLauncher => Victim is Victim.All or Victim.Launcher or Victim.Paused || Moment == Moment.StartUp;

    /// <inheritdoc/>
    public override string ToString() =>
        Victim.ToString().ToLowerInvariant() + Moment switch { Moment.Slot => "", Moment.StartUp => ", start-up", _ => ", " + Moment.ToString().ToLowerInvariant() };
}

/// <summary>Draws whom to strike and when, in slot time: a function of seed and number of the strike.</summary>
/// <param name="seed">Key of every draw.</param>
/// <param name="slots">Slots of the scenario.</param>
/// <param name="checkpointEvery">Slots between two checkpoints.</param>
internal sealed class ChaosPlan(ulong seed, int slots, int checkpointEvery)
{
    /// <summary>All kinds, in turn.</summary>
    private static readonly Strike[] Turns =
    [
        new(Victim.Node, Moment.Slot), new(Victim.Coordinator, Moment.Slot), new(Victim.Two, Moment.Slot), new(Victim.Coordinator, Moment.Checkpoint),
        new(Victim.Node, Moment.Recovery), new(Victim.All, Moment.Slot), new(Victim.Launcher, Moment.Slot), new(Victim.Paused, Moment.Slot),
        new(Victim.Node, Moment.StartUp), new(Victim.Launcher, Moment.StartUp),
    ];

    /// <summary>Of a strike, what and when.</summary>
    public Strike StrikeOf(int kill)
    {
        var strike = Turns[kill % Turns.Length];
        // Signals and children of processes are those of Linux; elsewhere nodes are killed, and nothing else.
        return strike.TakesLauncher && !OperatingSystem.IsLinux() ? new Strike(Victim.Node, Moment.Slot) : strike;
    }

    /// <summary>The slot after which strike number <paramref name="kill"/> comes, one of the next fifth of the run.</summary>
    /// <param name="from">Slots that are done.</param>
    /// <returns>At most the last but one slot; −1 where there is none left.</returns>
    public int SlotOf(int kill, int from)
    {
        var room = Math.Min(Math.Max(2, slots / 5), slots - 1 - from);
        if (room <= 0)
            return -1;
        var slot = from + RandomStreams.ToIndex(Draw(kill, 0), room);
        var checkpoint = (slot / checkpointEvery + 1) * checkpointEvery - 1;
        return StrikeOf(kill).Moment == Moment.Checkpoint && checkpoint < slots - 1 ? checkpoint : slot;
    }

    /// <summary>Milliseconds after that slot's report, or after the strike before: in any phase of a slot, or of a recovery.</summary>
    public int DelayMilliseconds(int kill) => RandomStreams.ToIndex(Draw(kill, 1), StrikeOf(kill).Moment == Moment.Recovery ? 3000 : 50);

    /// <summary>Milliseconds after the start of a program that needs about <paramref name="startUp"/> of them to its first slot.</summary>
    public int StartUpMilliseconds(int kill, int startUp) => RandomStreams.ToIndex(Draw(kill, 1), Math.Max(1, startUp));

    /// <summary>Milliseconds for which a node is stopped.</summary>
    public int PauseMilliseconds(int kill) => 500 + RandomStreams.ToIndex(Draw(kill, 1), 9500);

    /// <summary>One of <paramref name="count"/> processes.</summary>
    public int PickOf(int kill, int count, int pick = 0) => RandomStreams.ToIndex(Draw(kill, 2 + pick), count);

    private double Draw(int kill, int index) => RandomStreams.Uniform(seed, kill, index, Purpose.Chaos);
}
