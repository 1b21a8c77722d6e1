using Akka.Actor;
using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <summary>From a zone to the pool of its lane: it needs so many shelves for its devices. Answered by <see cref="ShelvesLent"/>.</summary>
/// <param name="Epoch">The zone's.</param>
/// <param name="For">Is handed to the shelves.</param>
internal sealed record LendShelves(long Epoch, int Count, UseShelf For) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"a pool of devices ({Count} shelves)";
}

/// <summary>Reply to <see cref="LendShelves"/>: they are the zone's for as long as it lives.</summary>
internal sealed record ShelvesLent(IReadOnlyList<IActorRef> Shelves);

/// <summary>From a host to a pool: when all shelves have come back nobody needs them any more.</summary>
internal sealed record ClosePool
{
    public static ClosePool Instance { get; } = new();
}

/// <summary>To a shelf, with nobody on it: your devices live in this zone from now on.</summary>
internal sealed record UseShelf(ZoneDirectory Directory) : IDitenMessage
{
    /// <inheritdoc/>
    public string Recipient => $"a shelf (zone {Directory.ZoneId}, UseShelf)";
}

/// <summary>To a shelf: its zone is gone, and so are its devices; their actors are free.</summary>
internal sealed record ClearShelf : IDitenMessage
{
    public static ClearShelf Instance { get; } = new();

    /// <inheritdoc/>
    public string Recipient => "a shelf (ClearShelf)";
}

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
