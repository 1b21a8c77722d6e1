using Diten.Model.Randomness;

namespace Diten.Node.Experiments;

/// <summary>Who is killed.</summary>
internal enum Victim
{
    /// <summary>Any process.</summary>
    Node,
    /// <summary>The process that the clock lives in.</summary>
    Coordinator,
    /// <summary>Two processes at once, the clock's among them or not.</summary>
    Two,
}

/// <summary>Draws whom to kill and when, in slot time: a function of seed and number of the kill.</summary>
/// <param name="seed">Key of every draw.</param>
/// <param name="slots">Slots of the scenario.</param>
internal sealed class ChaosPlan(ulong seed, int slots)
{
    /// <summary>Kinds of victims, in turn with a draw: each third kill is of each kind.</summary>
    public Victim VictimOf(int kill) => (Victim)(kill % 3);

    /// <summary>The slot after which kill number <paramref name="kill"/> strikes, one of the next fifth of the run.</summary>
    /// <param name="from">Slots that are done.</param>
    /// <returns>At most the last but one slot; −1 where there is none left.</returns>
    public int SlotOf(int kill, int from)
    {
        var room = Math.Min(Math.Max(2, slots / 5), slots - 1 - from);
        return room <= 0 ? -1 : from + RandomStreams.ToIndex(RandomStreams.Uniform(seed, kill, 0, Purpose.Policy), room);
    }

    /// <summary>Milliseconds after that slot's report: kills strike in any phase.</summary>
    public int DelayMilliseconds(int kill) => RandomStreams.ToIndex(RandomStreams.Uniform(seed, kill, 1, Purpose.Policy), 50);

    /// <summary>One of <paramref name="count"/> processes.</summary>
    public int PickOf(int kill, int count, int pick = 0) => RandomStreams.ToIndex(RandomStreams.Uniform(seed, kill, 2 + pick, Purpose.Policy), count);
}
