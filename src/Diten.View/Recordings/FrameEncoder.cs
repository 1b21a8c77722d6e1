using System.Buffers.Binary;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.ServerTwins;

namespace Diten.View.Recordings;

/// <summary>Makes a slot's report into a frame and its details, see <see cref="FrameLayout"/>. Not thread-safe.</summary>
internal sealed class FrameEncoder(RecordedWorld world, FaultPlan faults)
{
    private readonly FrameLayout _layout = world.Layout();
    private readonly bool _stationsFail = faults.Strikes(FaultWhat.Stations), _serversFail = faults.Strikes(FaultWhat.Servers);
    private readonly int _ageUnit = FrameLayout.AgeUnit(world.AgeLimits[1]);

    /// <summary>Encodes a slot.</summary>
    /// <param name="index">Number of the frame in its recording.</param>
    /// <param name="run">Sums since the run began, this slot's among them.</param>
    /// <param name="frame">As long as <see cref="FrameLayout.FrameBytes"/>.</param>
    /// <param name="details">As long as <see cref="FrameLayout.DetailBytes"/>.</param>
    public void Encode(int index, SlotReport report, SlotTotals run, Span<byte> frame, Span<byte> details)
    {
        frame.Clear();
        details.Clear();
        ReadOnlySpan<int> header =
        [
            (int)FrameLayout.Magic, index, report.Slot, _layout.Stations, _layout.Servers, _layout.Devices,
            FrameLayout.TotalNames.Count, FrameLayout.TwinTotalNames.Count,
        ];
        for (var i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(frame[(4 * i)..], header[i]);
        WriteTotals(report.Total, frame[_layout.SlotTotalsAt..]);
        WriteTotals(run, frame[_layout.RunTotalsAt..]);
        WriteTotals(report.Twins ?? default, frame[_layout.TwinTotalsAt..]);
        SlotSeries.Write(report, frame[_layout.SeriesAt..]);
        WriteDevices(report.Devices, frame, details[(FrameLayout.ServerDetailBytes * _layout.Servers)..]);
        WriteServers(report.Servers, frame, details);
        if (_stationsFail)
            WriteDown(EntityKind.Station, _layout.Stations, report.Slot, frame[_layout.DownAt..]);
        if (_serversFail)
            WriteDown(EntityKind.Server, _layout.Servers, report.Slot, frame[_layout.ServersDownAt..]);
    }

    private void WriteDown(EntityKind kind, int count, int slot, Span<byte> bits)
    {
        for (var id = 0; id < count; id++)
            if (faults.IsDown(kind, id, slot))
                bits[id >> 3] |= (byte)(1 << (id & 7));
    }

    private static void WriteTotals(SlotTotals totals, Span<byte> to)
    {
        var at = 0;
        foreach (var count in TotalsTable.Counts)
            Write(count.Of(ref totals), to, ref at);
        foreach (var sum in TotalsTable.Sums)
            Write(sum.Of(ref totals), to, ref at);
    }

    private static void WriteTotals(TwinTotals totals, Span<byte> to)
    {
        var at = 0;
        foreach (var count in TwinTotalsTable.Counts)
            Write(count.Of(ref totals), to, ref at);
        foreach (var sum in TwinTotalsTable.Sums)
            Write(sum.Of(ref totals), to, ref at);
    }

    private static void Write(double value, Span<byte> to, ref int at)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(to[at..], value);
        at += 8;
    }

    private void WriteDevices(ReadOnlySpan<DeviceSlotRecord> devices, Span<byte> frame, Span<byte> details)
    {
        frame.Slice(_layout.PlacesAt, 4 * _layout.Devices).Fill(0xff); // not told
        foreach (ref readonly var device in devices)
        {
            if (device.Device % world.DrawnEvery != 0)
                continue;
            var i = device.Device / world.DrawnEvery;
            var word = Place(device.X, world.Area[0], world.Area[2]) | (Place(device.Y, world.Area[1], world.Area[3]) << 15) | ((uint)device.Outcome << 30);
            BinaryPrimitives.WriteUInt32LittleEndian(frame[(_layout.PlacesAt + (4 * i))..], word);
            if (device.Migrated)
                frame[_layout.MigratedAt + (i >> 3)] |= (byte)(1 << (i & 7));
            var detail = details[(FrameLayout.DeviceDetailBytes * i)..];
            BinaryPrimitives.WriteInt32LittleEndian(detail, device.Server);
            BinaryPrimitives.WriteSingleLittleEndian(detail[4..], (float)device.LatencySeconds);
            BinaryPrimitives.WriteSingleLittleEndian(detail[8..], (float)device.PredictedSeconds);
            BinaryPrimitives.WriteSingleLittleEndian(detail[12..], (float)device.Queue);
        }
    }

    private void WriteServers(ReadOnlySpan<ServerSlotRecord> servers, Span<byte> frame, Span<byte> details)
    {
        foreach (ref readonly var server in servers)
        {
            var (id, age) = (server.Server, Math.Max(0, server.Twin?.AgeSlots ?? server.TwinAgeSlots));
            var units = (age / _ageUnit) + (age % _ageUnit > 0 ? 1 : 0);
            frame[_layout.LoadAt + id] = (byte)Math.Round(255 * Math.Clamp(server.Utilisation, 0, 1));
            frame[_layout.BeliefAt + id] = (byte)(sbyte)Math.Round(127 * Math.Clamp((server.TwinFreeHertz - server.FreeHertz) / server.CapacityHertz, -1, 1));
            frame[_layout.ConditionAt + id] = (byte)(((int)(server.Twin?.Condition ?? ByAge(age)) << 6) | Math.Min(units, FrameLayout.MostAge));
            var detail = details[(FrameLayout.ServerDetailBytes * id)..];
            ReadOnlySpan<double> hertz =
                [server.CapacityHertz, server.FreeHertz, server.TwinFreeHertz, server.DeviationHertz, server.TwinDeviationHertz];
            for (var i = 0; i < hertz.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(detail[(4 * i)..], (float)hertz[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(detail[20..], (ushort)Math.Clamp(server.Tasks, 0, ushort.MaxValue));
            BinaryPrimitives.WriteUInt16LittleEndian(detail[22..], (ushort)Math.Clamp(server.TwinTasks, 0, ushort.MaxValue));
            BinaryPrimitives.WriteInt32LittleEndian(detail[24..], age);
        }
    }

    private TwinCondition ByAge(int age) =>
        age > world.AgeLimits[1] ? TwinCondition.Desynchronised : age > world.AgeLimits[0] ? TwinCondition.Suspect : TwinCondition.InSync;

    private static uint Place(double metres, double low, double high) =>
        (uint)Math.Round(FrameLayout.MostPlace * Math.Clamp((metres - low) / (high - low), 0, 1));
}
