namespace Diten.Model.Scenarios.Keys;

/// <summary>The rows of <see cref="ScenarioKeys"/> that say how synthetic taxis drive and stop.</summary>
internal static class TaxiKeys
{
    // Bounds are such that no two of them contradict each other: turns come to at most 1, standing to less than all time.
    private static readonly Bounds Sideways = new(0, 0.4), Backwards = new(0, 0.2), Standing = new(0, 0.45), Variation = new(0, 2);

    /// <summary>The keys.</summary>
    public static IEnumerable<ScenarioKey> Rows()
    {
        var taxi = new ScenarioSection<TaxiSection>(
            "devices.mobility.taxi.", s => s.Devices.Taxi, (s, v) => s with { Devices = s.Devices with { Taxi = v } });
        ScenarioKey[] keys =
        [
            taxi.Quantity("turn-every", Dimension.Length, Bounds.Positive,
                s => s.TurnEveryMetres, (s, v) => s with { TurnEveryMetres = v }, "Mean distance between turns"),
            taxi.Quantity("left", Dimension.Number, Sideways,
                s => s.Left, (s, v) => s with { Left = v }, "Probability that a turn is one to the left, by 45° to 135°"),
            taxi.Quantity("right", Dimension.Number, Sideways,
                s => s.Right, (s, v) => s with { Right = v }, "Probability that a turn is one to the right, by 45° to 135°"),
            taxi.Quantity("back", Dimension.Number, Backwards,
                s => s.Back, (s, v) => s with { Back = v }, "Probability that a turn is one back; what is left of 1 goes straight on, but for a bend of up to 22.5°"),
            taxi.Quantity("speed-every", Dimension.Length, Bounds.Positive,
                s => s.SpeedEveryMetres, (s, v) => s with { SpeedEveryMetres = v }, "Mean distance on which a driving speed is kept"),
            taxi.Quantity("speed-variation", Dimension.Number, Variation,
                s => s.SpeedVariation, (s, v) => s with { SpeedVariation = v }, "Standard deviation of driving speeds over their mean"),
            taxi.Quantity("light-every", Dimension.Length, Bounds.Positive,
                s => s.LightEveryMetres, (s, v) => s with { LightEveryMetres = v }, "Mean distance driven between lights that are red"),
            taxi.Quantity("lights-share", Dimension.Number, Standing,
                s => s.LightsShare, (s, v) => s with { LightsShare = v }, "Share of all time that is stood at lights"),
            taxi.Quantity("fare-every", Dimension.Length, Bounds.Positive,
                s => s.FareEveryMetres, (s, v) => s with { FareEveryMetres = v }, "Mean distance driven between waits for a fare"),
            taxi.Quantity("fares-share", Dimension.Number, Standing,
                s => s.FaresShare, (s, v) => s with { FaresShare = v }, "Share of all time that is waited for fares"),
        ];
        return keys.Select(key => key.When("devices.mobility.model", "taxi"));
    }
}
