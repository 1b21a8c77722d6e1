using Diten.Actors;

namespace Diten.View.Recordings;

/// <summary>Who held which zones in a slot, and how fast: for people to look at, never part of a result.</summary>
/// <param name="Slot">The slot that was run when it was looked.</param>
/// <param name="Epoch">The epoch that it was in; 0 before the first.</param>
internal sealed record NodesMoment(int Slot, long Epoch, IReadOnlyList<NodeMoment> Nodes)
{
    public static NodesMoment Of(ClusterStatus status) => new(
        status.Slot, status.Epoch,
        [.. status.Nodes.OrderBy(node => node.Node, StringComparer.Ordinal).Select(node => new NodeMoment(
            node.Node, node.State, [.. node.Zones.Order()], node.Devices, Math.Round(node.DeviceSlotsPerSecond), node.Learns))]);

    /// <summary>A run in one process: it has no nodes, and this process holds all zones.</summary>
    /// <param name="rate">Device-slots/s of the last slots.</param>
    public static NodesMoment Alone(int slot, RecordedWorld world, double rate) => new(
        slot, 0, [new NodeMoment("this process", "Up", [.. Enumerable.Range(0, world.TileOfZone.Length)], world.Devices, Math.Round(rate), false)]);

    /// <summary>Whether the same nodes hold the same, at whatever speed.</summary>
    public bool HoldsAs(NodesMoment other) =>
        Epoch == other.Epoch && Nodes.Count == other.Nodes.Count
        && Nodes.Zip(other.Nodes).All(pair => pair.First.Node == pair.Second.Node && pair.First.State == pair.Second.State && pair.First.Zones.SequenceEqual(pair.Second.Zones));
}

/// <summary>A node of the cluster.</summary>
/// <param name="State">Up, Joining, Leaving, Unreachable, …</param>
/// <param name="Rate">Device-slots/s of its zones over the last seconds.</param>
/// <param name="Learns">Whether it holds the learner of a training run.</param>
internal sealed record NodeMoment(string Node, string State, IReadOnlyList<int> Zones, long Devices, double Rate, bool Learns);
