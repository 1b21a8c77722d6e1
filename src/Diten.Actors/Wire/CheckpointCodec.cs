using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Snapshots in the store.</summary>
internal static class CheckpointCodec
{
    public static Contracts.TwinsSaved Write(TwinsSaved saved) =>
        new() { Zone = saved.Zone, Slot = saved.Slot, Twins = TwinCodec.Write(saved.Twins), RunMark = saved.RunMark };

    public static TwinsSaved Read(Contracts.TwinsSaved contract) =>
        new(contract.Zone, contract.Slot, TwinCodec.Read(contract.Twins)) { RunMark = contract.RunMark };

    public static Contracts.ZoneCheckpoint Write(ZoneCheckpoint checkpoint) => new()
    {
        Zone = checkpoint.Zone,
        Slot = checkpoint.Slot,
        Stations = Write(checkpoint.Stations),
        Servers = SavedServerCodec.Write(checkpoint.Servers),
        Twins = TwinCodec.Write(checkpoint.Twins),
        Arrivals = DeviceCodec.Write(checkpoint.Arrivals),
        Latencies = ReportCodec.Write(checkpoint.Latencies),
        RunMark = checkpoint.RunMark,
        TwinLinks = TwinLinksCodec.Write(checkpoint.TwinLinks),
    };

    public static ZoneCheckpoint Read(Contracts.ZoneCheckpoint contract) => new(
        contract.Zone, contract.Slot, Read(contract.Stations), SavedServerCodec.Read(contract.Servers), TwinCodec.Read(contract.Twins),
        DeviceCodec.Read(contract.Arrivals), ReportCodec.Read(contract.Latencies))
    {
        RunMark = contract.RunMark,
        TwinLinks = TwinLinksCodec.Read(contract.TwinLinks),
    };

    private static Contracts.SavedStations? Write(IReadOnlyList<StationSaved> stations)
    {
        if (stations.Count == 0)
            return null;
        var table = new Contracts.SavedStations();
        var (station, departing) = (new DeltaWriter(table.Station), new DeltaWriter(table.DepartureDevice));
        var devices = new List<MobileDeviceState>();
        foreach (var saved in stations)
        {
            station.Add(saved.Station);
            table.Devices.Add(saved.Devices.Count);
            devices.AddRange(saved.Devices);
            table.Departures.Add(saved.FarDepartures.Count);
            foreach (var departure in saved.FarDepartures)
            {
                departing.Add(departure.Device);
                table.DepartureReachIndex.Add(departure.ReachIndex);
                table.DepartureRound.Add(departure.Round);
                table.DepartureHoldsService.Add(departure.HoldsService ? 1 : 0);
            }
        }

        table.DeviceTable = DeviceCodec.Write(devices);
        Fold(table.Devices, table.Departures, table.DepartureReachIndex, table.DepartureRound, table.DepartureHoldsService);
        return table;
    }

    private static StationSaved[] Read(Contracts.SavedStations? table)
    {
        if (table is null)
            return [];
        var stations = new StationSaved[table.Station.Count];
        var devices = DeviceCodec.Read(table.DeviceTable);
        var departures = ReadDepartures(table);
        CheckSum(table.Devices, stations.Length, devices.Length);
        CheckSum(table.Departures, stations.Length, departures.Length);
        var station = new DeltaReader(table.Station, stations.Length);
        var (deviceCount, departureCount) =
            (new ColumnReader<int>(table.Devices, stations.Length), new ColumnReader<int>(table.Departures, stations.Length));
        var (device, departure) = (0, 0);
        for (var row = 0; row < stations.Length; row++)
        {
            var (toDevice, toDeparture) = (device + deviceCount.Next(), departure + departureCount.Next());
            stations[row] = new StationSaved(station.Next(), devices[device..toDevice], departures[departure..toDeparture]);
            (device, departure) = (toDevice, toDeparture);
        }

        return stations;
    }

    private static FarDeparture[] ReadDepartures(Contracts.SavedStations table)
    {
        var rows = new FarDeparture[table.DepartureDevice.Count];
        var device = new DeltaReader(table.DepartureDevice, rows.Length);
        var reachIndex = new ColumnReader<int>(table.DepartureReachIndex, rows.Length);
        var round = new ColumnReader<int>(table.DepartureRound, rows.Length);
        var holdsService = new ColumnReader<int>(table.DepartureHoldsService, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new FarDeparture(device.Next(), reachIndex.Next(), round.Next(), ToBool(holdsService.Next()));
        return rows;
    }
}
