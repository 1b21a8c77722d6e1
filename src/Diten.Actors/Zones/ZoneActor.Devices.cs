using Diten.Model.MobileDevices;

namespace Diten.Actors;

/// <content>How devices come to live in the zone.</content>
internal sealed partial class ZoneActor
{
    private int _adopting;
    private IReadOnlyList<MobileDeviceState> _restored = []; // until there is room for them

    /// <summary>There is room for the devices that are the zone's from the beginning.</summary>
    private void Take(ShelvesLent lent)
    {
        _entities.Take(lent);
        if (_start.FromSlot > 0)
        {
            Adopt(_restored);
            _restored = [];
        }
        else
        {
            _adopting += _start.Devices.Ids.Count;
            _entities.Begin(_start.Devices.Ids);
        }

        ContinueIfSettled();
    }

    private void Take(DevicesAdopted adopted)
    {
        _adopting -= adopted.Count;
        _entities.GoOnAdopting();
        ContinueIfSettled();
    }

    private void Adopt(IReadOnlyList<MobileDeviceState> devices)
    {
        if (devices.Count == 0)
            return;
        _adopting += devices.Count;
        for (var i = 0; i < devices.Count; i++)
            _stations.Wake(devices[i].Station);
        _entities.Adopt(devices);
    }
}
