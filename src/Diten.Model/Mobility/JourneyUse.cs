using Diten.Model.Scenarios;

namespace Diten.Model.Mobility;

/// <summary>What the devices of a scenario make of recorded journeys: of those that they draw, for as long as the run lasts.</summary>
public static class JourneyUse
{
    /// <summary>Moves that are made for a look at a run: the first devices, drawn like all others, stand for the rest of a larger one.</summary>
    private const int MostMoves = 1_000_000;

    /// <summary>Mean speed of devices over the run, m/s; jumps between journeys are no moves. 0 where nobody moves.</summary>
    public static double SpeedMetresPerSecond(Scenario scenario, RecordedJourneys journeys)
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

        return moves > 0 ? metres / (moves * scenario.SlotLengthSeconds) : 0;
    }

    /// <summary>Devices that begin with a journey that another one begins with, too: they are where that one is in all slots.</summary>
    public static int DevicesTogether(Scenario scenario, RecordedJourneys journeys)
    {
        var devicesOf = new int[journeys.Count];
        for (var device = 0; device < scenario.Devices.Count; device++)
            devicesOf[journeys.Start(device).I]++;
        return devicesOf.Where(devices => devices > 1).Sum();
    }
}
