using System.Runtime.Serialization;
using Diten.Model;
using Diten.Model.BaseStations;
using Google.Protobuf;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Sums of interference on their way to base stations: which channels are not 0, and these.</summary>
internal sealed class InterferenceMails
{
    private readonly int _slot;
    private readonly Contracts.InterferenceMails _table = new();
    private DeltaWriter _to, _from;
    private byte[] _mask = new byte[64];
    private int _bits;

    public InterferenceMails(int slot) => (_slot, _to, _from) = (slot, new(_table.To), new(_table.From));

    public void Add(InterferenceSums sums)
    {
        _to.Add(sums.To);
        _from.Add(sums.From);
        _table.Slot.Add(unchecked(sums.Slot - _slot));
        _table.Channels.Add(sums.Watts.Length);
        if (_bits + sums.Watts.Length > 8L * _mask.Length)
            Array.Resize(ref _mask, 2 * (_mask.Length + sums.Watts.Length / 8));
        foreach (var watts in sums.Watts)
        {
            if (BitConverter.DoubleToInt64Bits(watts) != 0)
            {
                _mask[_bits >> 3] |= (byte)(1 << (_bits & 7));
                _table.Watts.Add(watts);
            }

            _bits++;
        }
    }

    public Contracts.InterferenceMails Finish()
    {
        Fold(_table.From, _table.Slot, _table.Channels);
        _table.Mask = UnsafeByteOperations.UnsafeWrap(_mask.AsMemory(0, (_bits + 7) / 8));
        return _table;
    }

    public static void Read(Contracts.InterferenceMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.To.Count;
        var mask = table.Mask.Span;
        CheckMask(table, rows);
        var (to, from) = (new DeltaReader(table.To, rows), new DeltaReader(table.From, rows));
        var (slot, channels) = (new ColumnReader<int>(table.Slot, rows), new ColumnReader<int>(table.Channels, rows));
        var (bit, next) = (0, 0);
        for (var row = 0; row < rows; row++)
        {
            var watts = new double[channels.Next()];
            for (var channel = 0; channel < watts.Length; channel++, bit++)
                if ((mask[bit >> 3] >> (bit & 7) & 1) != 0)
                    watts[channel] = table.Watts[next++];
            var message = new InterferenceSums(from.Next(), to.Next(), unchecked(slot.Next() + exchangeSlot), watts);
            mails.Add(new ZoneMail(EntityKind.Station, message.To, message));
        }
    }

    /// <summary>Checks that there is a bit for each channel, and a number for each bit that is set.</summary>
    private static void CheckMask(Contracts.InterferenceMails table, int rows)
    {
        var channels = new ColumnReader<int>(table.Channels, rows);
        var (bits, set) = (0L, 0);
        for (var row = 0; row < rows; row++)
        {
            var count = channels.Next();
            if (count < 0)
                throw new SerializationException($"There are {count} channels.");
            bits += count;
        }

        foreach (var part in table.Mask.Span)
            set += System.Numerics.BitOperations.PopCount(part);
        var spare = 8L * table.Mask.Length - bits;
        if (spare is < 0 or > 7 || set != table.Watts.Count || (spare > 0 && table.Mask.Span[^1] >> (int)(8 - spare) != 0))
            throw new SerializationException(
                $"{bits} channels have a mask of {table.Mask.Length} bytes that names {set} of them, and {table.Watts.Count} numbers.");
    }
}
