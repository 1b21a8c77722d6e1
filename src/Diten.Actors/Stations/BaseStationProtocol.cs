using Diten.Model.BaseStations;

namespace Diten.Actors;

// A base station also takes: OffloadRequest and DeviceReleased from devices, InterferenceSums from stations, TwinEstimate from twins
// whose link has a fault, TasksExecuted from servers, BeginPhase from its zone.

/// <summary>To a base station: these devices are attached to you from the next slot on; all that one sender has for it.</summary>
/// <param name="Station">The station that it is for.</param>
/// <param name="Devices">The devices and their beacons: the sender's memory, which it writes again at the end of the next slot.</param>
internal sealed record DevicesArriving(int Station, ReadOnlyMemory<MovingDevice> Devices) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"station {Station} (DevicesArriving)";
}
