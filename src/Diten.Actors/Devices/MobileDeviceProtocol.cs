using Akka.Actor;
using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>To a device that is attached to the sender: a slot begins; this is how your last task ended.</summary>
/// <remarks>
/// There is one for each device, which its station fills in anew for every slot: the station may write it from the device's report on, and the
/// device may read it until then. It goes with the device to its next station, and never to another process (decision 15).
/// </remarks>
/// <param name="device">The device's actor.</param>
public sealed class SlotBeacon(IActorRef device) : DeviceLink, IDitenMessage
{
    /// <summary>Whom it goes to.</summary>
    public IActorRef Address { get; } = device;

    public int Slot, Device, Seat;

    /// <inheritdoc/>
    public string Recipient => $"device {Device} (slot {Slot}, SlotBeacon)";
}

/// <summary>To the base station, once a slot: the device's task, position, serving server and deficit queue.</summary>
/// <remarks>There is one for each device, which it fills in anew when a beacon comes; the station may read it until it sends the next.</remarks>
public sealed class OffloadRequest : IDitenMessage
{
    public int Slot, Seat;

    public DeviceReport Report { get; init; } = new();

    /// <inheritdoc/>
    public string Recipient => $"a base station (slot {Slot}, OffloadRequest)";
}

/// <summary>To an idle device actor: be this device from now on.</summary>
/// <param name="Beacon">Its beacon for as long as it lives there: no other is answered.</param>
internal sealed record AdoptDevice(World World, MobileDeviceState State, SlotBeacon Beacon) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"device {State.Device} (AdoptDevice)";
}

/// <summary>To a device's actor: be nobody, and wait for a device. Whatever it was is in a checkpoint, or of no use.</summary>
internal sealed record ForgetDevice : IDitenMessage
{
    public static ForgetDevice Instance { get; } = new();

    /// <inheritdoc/>
    public string Recipient => "a device (ForgetDevice)";
}

/// <summary>To a device that is attached to the sender, between two slots: what are you?</summary>
/// <param name="Place">Comes back with the answer.</param>
internal sealed record GetDeviceState(int Device, int Place) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"device {Device} (GetDeviceState)";
}

/// <summary>Reply to <see cref="GetDeviceState"/>.</summary>
internal sealed record DeviceStateTold(int Place, MobileDeviceState State) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"the base station of device {State.Device} (DeviceStateTold)";
}

/// <summary>To a device that goes to another zone: take note of your last task and hand your state back.</summary>
internal sealed record ReleaseDevice(int Device, TaskCompleted Last) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"device {Device} (ReleaseDevice)";
}

/// <summary>Reply to <see cref="ReleaseDevice"/>: what the next zone needs.</summary>
internal sealed record DeviceReleased(MobileDeviceState State) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"the base station of device {State.Device} (DeviceReleased)";
}
