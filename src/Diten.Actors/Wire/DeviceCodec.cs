using Diten.Model.MobileDevices;
using Diten.Model.Mobility;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Mobile devices on the wire.</summary>
internal static class DeviceCodec
{
    public static Contracts.DeviceTable? Write(IReadOnlyList<MobileDeviceState> devices)
    {
        if (devices.Count == 0)
            return null;
        var table = new Contracts.DeviceTable();
        var (device, station, serving) = (new DeltaWriter(table.Device), new DeltaWriter(table.Station), new DeltaWriter(table.Serving));
        for (var i = 0; i < devices.Count; i++)
        {
            var row = devices[i];
            device.Add(row.Device);
            station.Add(row.Station);
            serving.Add(row.Serving);
            table.LastTask.Add(unchecked(row.LastTask - row.Serving));
            table.Host.Add(unchecked(row.Host - row.Serving));
            table.JourneySlot.Add(row.JourneySlot);
            table.Channel.Add(row.Channel);
            table.Queue.Add(row.Queue);
            table.X.Add(row.Mobility.X);
            table.Y.Add(row.Mobility.Y);
            table.A.Add(row.Mobility.A);
            table.B.Add(row.Mobility.B);
            table.C.Add(row.Mobility.C);
            table.D.Add(row.Mobility.D);
            table.I.Add(row.Mobility.I);
            table.J.Add(row.Mobility.J);
        }

        Fold(table.Station, table.Serving, table.LastTask, table.Host, table.JourneySlot, table.Channel, table.I, table.J);
        Fold(table.Queue, table.X, table.Y, table.A, table.B, table.C, table.D);
        return table;
    }

    public static MobileDeviceState[] Read(Contracts.DeviceTable? table)
    {
        if (table is null)
            return [];
        var rows = new MobileDeviceState[table.Device.Count];
        var (device, station) = (new DeltaReader(table.Device, rows.Length), new DeltaReader(table.Station, rows.Length));
        var serving = new DeltaReader(table.Serving, rows.Length);
        var (lastTask, host) = (new ColumnReader<int>(table.LastTask, rows.Length), new ColumnReader<int>(table.Host, rows.Length));
        var journeySlot = new ColumnReader<int>(table.JourneySlot, rows.Length);
        var channel = new ColumnReader<int>(table.Channel, rows.Length);
        var queue = new ColumnReader<double>(table.Queue, rows.Length);
        var (x, y) = (new ColumnReader<double>(table.X, rows.Length), new ColumnReader<double>(table.Y, rows.Length));
        var (a, b) = (new ColumnReader<double>(table.A, rows.Length), new ColumnReader<double>(table.B, rows.Length));
        var (c, d) = (new ColumnReader<double>(table.C, rows.Length), new ColumnReader<double>(table.D, rows.Length));
        var (i, j) = (new ColumnReader<int>(table.I, rows.Length), new ColumnReader<int>(table.J, rows.Length));
        for (var row = 0; row < rows.Length; row++)
        {
            ref var state = ref rows[row];
            (state.Device, state.Station, state.Serving) = (device.Next(), station.Next(), serving.Next());
            (state.LastTask, state.Host) = (unchecked(lastTask.Next() + state.Serving), unchecked(host.Next() + state.Serving));
            (state.JourneySlot, state.Channel, state.Queue) = (journeySlot.Next(), channel.Next(), queue.Next());
            state.Mobility = new MobilityState
            {
                X = x.Next(),
                Y = y.Next(),
                A = a.Next(),
                B = b.Next(),
                C = c.Next(),
                D = d.Next(),
                I = i.Next(),
                J = j.Next(),
            };
        }

        return rows;
    }
}
