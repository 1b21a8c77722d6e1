namespace Diten.Model.SystemTwin;

/// <summary>Where a play in the twin's world stands; changed by <see cref="TwinEnvironment"/> only.</summary>
internal sealed class TwinEnvironmentState
{
    internal TwinEnvironmentState(int at, int devices, int servers)
    {
        At = at;
        (Serving, LastTask, Chosen, Queue) = (new int[devices], new int[devices], new int[devices], new double[devices]);
        (Migrates, PropagationSeconds) = (new bool[devices], new double[devices]);
        (Seen, Placed) = (new int[servers], new int[servers]);
    }

    /// <summary>The slot that is played, as an index of the model's slots.</summary>
    public int At { get; internal set; }

    // By device, in the order of a recorded slot's devices.

    /// <summary>Q(t).</summary>
    public double[] Queue { get; }
    /// <summary>Server that serves; −1 where a journey begins.</summary>
    public int[] Serving { get; }
    /// <summary>Server that ran the last task, where twins count it; −1 where there was none.</summary>
    public int[] LastTask { get; }
    /// <summary>Server chosen in this slot; −1 before the decision, and out of coverage.</summary>
    public int[] Chosen { get; }
    internal bool[] Migrates { get; }
    internal double[] PropagationSeconds { get; }

    // By server.

    /// <summary>Tasks as the twins tell at this time of the slot: those of the slot before, with what the rounds up to now moved.</summary>
    public int[] Seen { get; }
    internal int[] Placed { get; }
}
