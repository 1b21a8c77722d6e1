using System.Numerics;
using Diten.Model.Radio;
using Diten.Model.Scenarios;

namespace Diten.Model.BaseStations;

/// <summary>
/// The devices of a station as what radiates, side by side in memory: each is looked at once for every station that might hear it. Scratch memory of
/// <see cref="BaseStation.Radiate"/>; one station at a time.
/// </summary>
public sealed class RadiatingDevices
{
    private double[] _x = [], _y = [], _watts = [], _received = [];
    private short[] _channels = [];
    private int _count;

    /// <summary>Takes in the devices that are attached, in their order.</summary>
    internal void Gather(BaseStationState state)
    {
        _count = state.Attached;
        var width = Vector<double>.Count;
        var room = (_count + width - 1) / width * width;
        if (_x.Length < room)
            (_x, _y, _watts, _received, _channels) = (new double[2 * room], new double[2 * room], new double[2 * room], new double[2 * room], new short[2 * room]);
        for (var i = 0; i < _count; i++)
        {
            var report = state.Turns[i].Report;
            (_x[i], _y[i], _watts[i], _channels[i]) = (report.X, report.Y, report.Task.PowerWatts, report.Channel);
        }

        _x.AsSpan(_count, room - _count).Fill(double.PositiveInfinity); // nobody hears who fills up the last vector
        _y.AsSpan(_count, room - _count).Clear();
        _watts.AsSpan(_count, room - _count).Clear();
    }

    /// <summary>What is received at a place, watts by channel, added in the order of devices; null where none of them is in range.</summary>
    internal double[]? ReceivedAt(double x, double y, RadioSection radio)
    {
        if (!(radio.PathLossExponent == 3 ? ReceiveByCube(x, y, radio.InterferenceRangeMetres) : Receive(x, y, radio)))
            return null;
        var sums = new double[radio.Channels];
        for (var i = 0; i < _count; i++)
            sums[_channels[i]] += _received[i];
        return sums;
    }

    /// <summary>Power of each device that arrives, 0 from those out of range; α = 3, see <see cref="PathLoss.Gain"/>, whose operations these are one by one.</summary>
    /// <returns>Whether any is in range.</returns>
    private bool ReceiveByCube(double x, double y, double rangeMetres)
    {
        var (range, shortest) = (new Vector<double>(rangeMetres * rangeMetres), new Vector<double>(PathLoss.ShortestMetres));
        var any = Vector<long>.Zero;
        for (var i = 0; i < _count; i += Vector<double>.Count)
        {
            var dx = new Vector<double>(x) - new Vector<double>(_x, i);
            var dy = new Vector<double>(y) - new Vector<double>(_y, i);
            var square = (dx * dx) + (dy * dy);
            var heard = Vector.LessThanOrEqual(square, range);
            var d = Vector.Max(Vector.SquareRoot(square), shortest);
            var received = new Vector<double>(_watts, i) * (Vector<double>.One / (d * d * d));
            Vector.ConditionalSelect(heard, received, Vector<double>.Zero).CopyTo(_received, i);
            any |= heard;
        }

        return any != Vector<long>.Zero;
    }

    private bool Receive(double x, double y, RadioSection radio)
    {
        var (rangeSquare, any) = (radio.InterferenceRangeMetres * radio.InterferenceRangeMetres, false);
        for (var i = 0; i < _count; i++)
        {
            var (dx, dy) = (x - _x[i], y - _y[i]);
            var square = dx * dx + dy * dy;
            var heard = square <= rangeSquare;
            _received[i] = heard ? _watts[i] * PathLoss.Gain(Math.Sqrt(square), radio.PathLossExponent) : 0;
            any |= heard;
        }

        return any;
    }
}
