namespace Diten.Model.Offloading.Bounds;

/// <summary>All tasks of one slot and where each could run, for <see cref="BalanceBound"/>.</summary>
/// <remarks>
/// Device i of D may choose the servers <c>Servers[Start[i]..Start[i + 1]]</c>, at least one, each once;
/// <see cref="BaseSeconds"/> goes with them.
/// </remarks>
public sealed record BalanceSlot
{
    /// <summary>D + 1 offsets into <see cref="Servers"/>, the first 0, ascending.</summary>
    public required int[] Start { get; init; }

    /// <summary>Server ids of the candidates.</summary>
    public required int[] Servers { get; init; }

    /// <summary>T_com = T_u + T_p of the device with that candidate, seconds; not negative.</summary>
    public required double[] BaseSeconds { get; init; }

    /// <summary>λ of each device's task, CPU cycles; positive.</summary>
    public required double[] Cycles { get; init; }

    /// <summary>c, by server id, hertz; positive.</summary>
    public required double[] FreeHertz { get; init; }

    /// <summary>f̂ that is added to one task's share, by server id, hertz.</summary>
    public required double[] DeviationHertz { get; init; }

    /// <summary>D, number of tasks.</summary>
    public int Count => Cycles.Length;
}
