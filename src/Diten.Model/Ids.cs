namespace Diten.Model;

/// <summary>A base station, 0 to B − 1, in the order of <see cref="Space.Topology"/>.</summary>
public readonly record struct StationId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"station {Value}");
}

/// <summary>An edge server (and its twin), 0 to S − 1, in the order of the stations that carry them.</summary>
public readonly record struct ServerId(int Value)
{
    /// <summary>No server: what a device has before its first task.</summary>
    public static ServerId None => new(-1);

    /// <inheritdoc/>
    public override string ToString() => Value < 0 ? "no server" : FormattableString.Invariant($"server {Value}");
}

/// <summary>A zone: the stations of one tile of the area, placed together.</summary>
public readonly record struct ZoneId(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"zone {Value}");
}
