namespace Diten.Model.Scenarios;

/// <summary>How synthetic taxis drive and stop; defaults are fitted to recorded taxis (docs/taxi-model.md).</summary>
/// <remarks>Lengths, shares and angles only: how fast it all goes is <see cref="DevicesSection.SpeedMetresPerSecond"/>.</remarks>
public sealed record TaxiSection
{
    /// <summary>Mean distance between turns, metres.</summary>
    public double TurnEveryMetres { get; init; } = 350;
    /// <summary>Probability that a turn is one to the left, by 45° to 135°.</summary>
    public double Left { get; init; } = 0.075;
    /// <summary>Probability that a turn is one to the right, by 45° to 135°.</summary>
    public double Right { get; init; } = 0.075;
    /// <summary>Probability that a turn is one back; what is left of 1 is straight on, but for a bend.</summary>
    public double Back { get; init; } = 0.005;
    /// <summary>Mean distance on which a speed is kept, metres.</summary>
    public double SpeedEveryMetres { get; init; } = 11_000;
    /// <summary>Standard deviation of driving speeds over their mean.</summary>
    public double SpeedVariation { get; init; } = 0.7;
    /// <summary>Mean distance driven between lights that are red, metres.</summary>
    public double LightEveryMetres { get; init; } = 1100;
    /// <summary>Share of all time that is stood at lights.</summary>
    public double LightsShare { get; init; } = 0.13;
    /// <summary>Mean distance driven between waits for a fare, metres.</summary>
    public double FareEveryMetres { get; init; } = 16_000;
    /// <summary>Share of all time that is waited for fares.</summary>
    public double FaresShare { get; init; } = 0.15;
}
