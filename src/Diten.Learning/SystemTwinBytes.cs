using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Diten.Model.SystemTwin;

namespace Diten.Learning;

/// <summary>What the system's twin knows, as bytes of a checkpoint: slot by slot its columns, little-endian, so that no bit is lost.</summary>
internal static class SystemTwinBytes
{
    public static byte[] Write(SystemTwinModel model)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(model.Slots.Length);
        foreach (var slot in model.Slots)
        {
            writer.Write(slot.Slot);
            writer.Write(slot.FreeHertz.Length);
            writer.Write(slot.Devices.Length);
            writer.Write(MemoryMarshal.AsBytes(slot.FreeHertz.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(slot.DeviationHertz.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(slot.TasksOfOthers.AsSpan()));
            foreach (ref readonly var device in slot.Devices.AsSpan())
            {
                writer.Write(device.Device);
                writer.Write(device.Server);
                writer.Write(device.Ends);
                foreach (var number in (ReadOnlySpan<double>)
                    [device.X, device.Y, device.UplinkSeconds, device.DataBits, device.Cycles, device.DeadlineSeconds])
                    writer.Write(number);
            }
        }

        return bytes.ToArray();
    }

    /// <param name="window">Slots that the scenario's model keeps.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static SystemTwinModel Read(byte[] bytes, int window)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return Read(reader, window);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException($"What the learner's checkpoint says of the system's twin is damaged: {damaged.Message}", damaged);
        }
    }

    private static SystemTwinModel Read(BinaryReader reader, int window)
    {
        var slots = new RecordedSlot[reader.ReadInt32()];
        for (var i = 0; i < slots.Length; i++)
        {
            var (slot, servers, devices) = (reader.ReadInt32(), reader.ReadInt32(), new DeviceSighting[reader.ReadInt32()]);
            slots[i] = new RecordedSlot
            {
                Slot = slot,
                FreeHertz = Column<double>(reader, servers),
                DeviationHertz = Column<double>(reader, servers),
                TasksOfOthers = Column<int>(reader, servers),
                Devices = devices,
            };
            for (var d = 0; d < devices.Length; d++)
            {
                var (device, server, ends) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
                var numbers = Column<double>(reader, 6);
                devices[d] = new DeviceSighting(device, numbers[0], numbers[1], server, numbers[2], numbers[3], numbers[4], numbers[5], ends);
            }
        }

        return new SystemTwinModel(window, ImmutableCollectionsMarshal.AsImmutableArray(slots));
    }

    private static T[] Column<T>(BinaryReader reader, int length)
        where T : unmanaged
    {
        var column = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan()));
        return column;
    }
}
