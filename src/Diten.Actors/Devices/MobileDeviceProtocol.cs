using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>To a device that is attached to the sender: a slot begins; this is how your last task ended.</summary>
public sealed class SlotBeacon(int slot, int device, int seat, bool hasLast, in TaskCompleted last) : IDitenMessage
{
    public readonly int Slot = slot, Device = device, Seat = seat;
    public readonly bool HasLast = hasLast;
    public readonly TaskCompleted Last = last;

    /// <inheritdoc/>
    public string Recipient => $"device {Device} (slot {Slot}, SlotBeacon)";
}

/// <summary>To the base station, once a slot: the device's task, position, serving server and deficit queue.</summary>
public sealed class OffloadRequest(int slot, int seat, in DeviceReport report) : IDitenMessage
{
    public readonly int Slot = slot, Seat = seat;
    public readonly DeviceReport Report = report;

    /// <inheritdoc/>
    public string Recipient => $"a base station (slot {Slot}, OffloadRequest)";
}

/// <summary>To an idle device actor: be this device from now on.</summary>
internal sealed record AdoptDevice(MobileDeviceState State) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"device {State.Device} (AdoptDevice)";
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
