namespace Diten.Model.Faults;

/// <summary>What a fault does (model.md §10).</summary>
/// <remarks>In the order in which faults of one link meet a message.</remarks>
public enum FaultKind
{
    Cut,
    Limit,
    Drop,
    Corrupt,
    Delay,
    Duplicate,
    Freeze,
    Crash,
    Bias,
    Drift,
    Noise,
    Lie,
    ClockSkew,
    Down,
    Slow,
    LoseQueue,
    Jam,
}

/// <summary>What a fault strikes: one of the four links, or entities of one kind (model.md §10).</summary>
public enum FaultWhat
{
    /// <summary>Server to twin: what the server was like in a slot.</summary>
    Sync,
    /// <summary>Twin to server: asks for a whole state, or says that one was heard.</summary>
    Request,
    /// <summary>Station to twin: placements.</summary>
    Report,
    /// <summary>Twin to station: what it publishes.</summary>
    Estimate,
    Twins,
    Servers,
    Stations,
    Radio,
    Backhaul,
}

/// <summary>How a fault chooses its targets.</summary>
public enum FaultSelection { All, Ids, Share, Circle, Rectangle }

/// <summary>How a fault chooses its slots.</summary>
public enum FaultTiming { Always, Slots, At, Renewal }
