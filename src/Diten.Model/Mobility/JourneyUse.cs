using Diten.Model.Scenarios;

namespace Diten.Model.Mobility;

/// <summary>What the devices of a scenario make of the recorded journeys: those that they draw, for as long as the run lasts.</summary>
/// <param name="SpeedMetresPerSecond">Mean speed of devices over the run, m/s; jumps between journeys are no moves. 0 where nobody moves.</param>
public sealed record JourneyUse(double SpeedMetresPerSecond)
{
    /// <summary>Moves that are made for a look at a run: the first devices, drawn like all others, stand for the rest of a larger one.</summary>
    private const int MostMoves = 1_000_000;

    /// <summary>Lets the devices of a scenario follow the journeys that they draw.</summary>
    public static JourneyUse Of(Scenario scenario, RecordedJourneys journeys)
    {
        var (metres, moves) = (0.0, 0L);
        var slots = Math.Min(scenario.Slots, MostMoves);
        var devices = Math.Min(scenario.Devices.Count, MostMoves / slots);
        for (var device = 0; device < devices; device++)
        {
            var state = journeys.Start(device);
            for (var slot = 0; slot < slots; slot++)
            {
                var (x, y) = (state.X, state.Y);
                if (journeys.Advance(ref state, device, slot))
                    continue;
                metres += double.Hypot(state.X - x, state.Y - y);
                moves++;
            }
        }

        return new JourneyUse(moves > 0 ? metres / (moves * scenario.SlotLengthSeconds) : 0);
    }
}
