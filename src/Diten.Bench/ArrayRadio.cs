using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>The uplinks of <see cref="ArrayModel"/> (model.md §1, Uplink; eqs. (5), (6)).</summary>
internal sealed class ArrayRadio
{
    private readonly RadioSection _radio;
    private readonly Topology _topology;
    private readonly Model.Faults.FaultPlan _faults;
    private readonly double[] _noise;
    private readonly int _channels;

    // By device: the channel that it keeps. By station: those that hear its devices. By station and channel: what is heard, and of one cell.
    private readonly int[] _channel;
    private readonly int[][] _hearers;
    private readonly double[] _heard, _heardOfCell;

    public ArrayRadio(World world)
    {
        (_radio, _topology, _channels) = (world.Scenario.Radio, world.Topology, world.Scenario.Radio.Channels);
        (_faults, _noise) = (world.Faults, new double[_topology.StationCount]);
        (_channel, _hearers) = (new int[world.Scenario.Devices.Count], new int[_topology.StationCount][]);
        (_heard, _heardOfCell) = (new double[_topology.StationCount * _channels], new double[_channels]);
        for (var device = 0; device < _channel.Length && _channels > 0; device++)
            _channel[device] = RandomStreams.ToIndex(
                RandomStreams.Uniform(world.Scenario.Seed, device, 0, Purpose.Channel), _channels);
        for (var station = 0; station < _hearers.Length && _channels > 0; station++)
        {
            var range = _radio.InterferenceRangeMetres + world.Reach.CellRadius(new(station));
            _hearers[station] =
                [.. _topology.Stations.Within(_topology.X[station], _topology.Y[station], range).Where(hearer => hearer != station)];
        }
    }

    /// <summary>Fills T_u of all devices, seconds.</summary>
    /// <param name="firstSeat">By station: where its devices begin in <paramref name="deviceAt"/>.</param>
    /// <param name="deviceAt">Devices by station, then by id.</param>
    /// <param name="uplink">Filled, by device.</param>
    public void Transmit(
        int slot, ReadOnlySpan<MobilityState> state, ReadOnlySpan<OffloadingTask> task, ReadOnlySpan<int> station, ReadOnlySpan<int> firstSeat,
        ReadOnlySpan<int> deviceAt, Span<double> uplink)
    {
        if (_channels > 0)
            Interfere(state, task, firstSeat, deviceAt);
        for (var hearer = 0; hearer < _noise.Length; hearer++)
            _noise[hearer] = _radio.NoiseWatts + _faults.JamWatts(hearer, slot);
        for (var device = 0; device < uplink.Length; device++)
        {
            var at = station[device];
            var interference = _channels > 0 ? _heard[at * _channels + _channel[device]] : 0;
            var sinr = task[device].PowerWatts * Gain(SquareDistance(state[device], at)) / (_noise[at] + interference);
            var bandwidth = _radio.ShareBandwidth
                ? _radio.BandwidthHertz / (firstSeat[at + 1] - firstSeat[at])
                : _radio.BandwidthHertz;
            uplink[device] = task[device].DataBits / (bandwidth * Math.Log2(1 + sinr));
        }
    }

    /// <summary>Adds up what every station hears on every channel: cell by cell, and each cell's devices among themselves first.</summary>
    private void Interfere(
        ReadOnlySpan<MobilityState> state, ReadOnlySpan<OffloadingTask> task, ReadOnlySpan<int> firstSeat, ReadOnlySpan<int> deviceAt)
    {
        var rangeSquare = _radio.InterferenceRangeMetres * _radio.InterferenceRangeMetres;
        Array.Clear(_heard);
        for (var station = 0; station < _hearers.Length; station++)
        {
            var cell = deviceAt[firstSeat[station]..firstSeat[station + 1]];
            if (cell.IsEmpty)
                continue;
            foreach (var hearer in _hearers[station])
            {
                Array.Clear(_heardOfCell);
                foreach (var device in cell)
                {
                    var square = SquareDistance(state[device], hearer);
                    if (square <= rangeSquare)
                        _heardOfCell[_channel[device]] += task[device].PowerWatts * Gain(square);
                }

                for (var channel = 0; channel < _channels; channel++)
                    _heard[hearer * _channels + channel] += _heardOfCell[channel];
            }
        }
    }

    /// <summary>d^−α, d at least one metre.</summary>
    private double Gain(double squareMetres)
    {
        var d = Math.Max(Math.Sqrt(squareMetres), 1);
        return _radio.PathLossExponent == 3 ? 1 / (d * d * d) : Math.Pow(d, -_radio.PathLossExponent);
    }

    private double SquareDistance(in MobilityState state, int station)
    {
        var (dx, dy) = (_topology.X[station] - state.X, _topology.Y[station] - state.Y);
        return dx * dx + dy * dy;
    }
}
