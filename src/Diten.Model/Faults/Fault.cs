namespace Diten.Model.Faults;

/// <summary>One entry of the map <c>faults</c>: what × which × when × how much (model.md §10). Immutable; equal where all of it is.</summary>
/// <remarks>An amount counts where the kind takes it; elsewhere it keeps its default.</remarks>
public sealed record Fault
{
    /// <summary>The user's: letters, digits, hyphens, underscores. Key of the fault's draws, and its place among faults of one kind.</summary>
    public required string Name { get; init; }

    public required FaultKind Kind { get; init; }

    public required FaultWhat What { get; init; }

    /// <summary>Which of the link's servers, or of the entities of that kind.</summary>
    public FaultSelection Selection { get; init; }

    /// <summary>With <see cref="FaultSelection.Ids"/>: ids of servers or stations, ascending.</summary>
    public WholeNumbers Ids { get; init; } = WholeNumbers.None;

    /// <summary>With <see cref="FaultSelection.Share"/>: probability by which each is drawn, once, [0, 1].</summary>
    public double Share { get; init; }

    /// <summary>With <see cref="FaultSelection.Circle"/>: centre and radius, metres; the edge belongs to it.</summary>
    public double CircleX { get; init; }
    public double CircleY { get; init; }
    public double CircleRadius { get; init; }

    /// <summary>With <see cref="FaultSelection.Rectangle"/>: [low, high) of either coordinate, metres.</summary>
    public double LowX { get; init; }
    public double LowY { get; init; }
    public double HighX { get; init; }
    public double HighY { get; init; }

    public FaultTiming Timing { get; init; }

    /// <summary>With <see cref="FaultTiming.Slots"/>: [from, to).</summary>
    public int FromSlot { get; init; }
    public int ToSlot { get; init; }

    /// <summary>With <see cref="FaultTiming.At"/>: slots, ascending.</summary>
    public WholeNumbers At { get; init; } = WholeNumbers.None;

    /// <summary>With <see cref="FaultTiming.Renewal"/>: mean slots between two times and of one, each at least 1.</summary>
    public double RenewalBetweenSlots { get; init; }
    public double RenewalLastingSlots { get; init; }

    /// <summary>Likewise: [from, to), in which it comes and goes; it is over before the first of them. <see cref="int.MaxValue"/> = to the end of the run.</summary>
    public int RenewalFromSlot { get; init; }
    public int RenewalToSlot { get; init; } = int.MaxValue;

    /// <summary>drop, duplicate, corrupt: by message, [0, 1]. With <see cref="HasBurst"/> not used.</summary>
    public double Probability { get; init; }

    /// <summary>drop: whether messages are lost in bursts, all of a target's slot or none.</summary>
    public bool HasBurst { get; init; }

    /// <summary>Probability a slot that a burst starts, and that one ends; their sum is at most 1.</summary>
    public double BurstStart { get; init; }
    public double BurstEnd { get; init; }

    /// <summary>delay: slots, whole and uniform in [low, high].</summary>
    public int DelayLowSlots { get; init; }
    public int DelayHighSlots { get; init; }

    /// <summary>delay: probability of one more slot, again and again, [0, 1).</summary>
    public double Stay { get; init; }

    /// <summary>limit: only slots that this divides get through; at least 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>bias: hertz; drift: hertz a slot; noise: standard deviation, hertz.</summary>
    public double AmountHertz { get; init; }

    /// <summary>lie, slow: factor, positive.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>lie: whether the twin tells of no tasks.</summary>
    public bool HidesTasks { get; init; } = true;

    /// <summary>clock-skew: slots by which syncs look younger; older where negative.</summary>
    public int SkewSlots { get; init; }

    /// <summary>jam: added to the noise, watts.</summary>
    public double PowerWatts { get; init; }

    /// <summary>crash: whether the twin keeps its state.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether it strikes messages on their way.</summary>
    public bool IsOnLink => What <= FaultWhat.Estimate;

    /// <summary>Whether its targets are stations; else they are servers, or the twins of servers.</summary>
    public bool TargetsStations => What is FaultWhat.Stations or FaultWhat.Radio or FaultWhat.Backhaul;
}
