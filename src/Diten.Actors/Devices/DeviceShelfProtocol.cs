using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>To a shelf: let these devices begin here, as they are before slot 0, and attach them to their base stations.</summary>
internal sealed record BeginDevices(IReadOnlyList<int> Devices) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"a shelf ({Devices.Count} devices, BeginDevices)";
}

/// <summary>To a shelf: make these devices live here, and attach them to their base stations.</summary>
/// <param name="States">The shelf's to put in order; the zone writes it again once they are adopted.</param>
internal sealed record AdoptDevices(List<MobileDeviceState> States) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"a shelf ({States.Count} devices)";
}

/// <summary>Reply to <see cref="AdoptDevices"/> and <see cref="BeginDevices"/>: their base stations have been told.</summary>
internal sealed record DevicesAdopted(int Count);

/// <summary>From a device to its shelf: it went to another zone, and its actor is free.</summary>
internal sealed record DeviceIdle(int Device);
