namespace Diten.Actors;

/// <summary>What a clock tells people who ask.</summary>
internal static class StatusOfCluster
{
    /// <summary>What the cluster does, and what each of its nodes holds.</summary>
    public static ClusterStatus Of(ClockState state, TimeSpan now)
    {
        var (run, epoch) = (state.Run, state.Run?.Epoch);
        var slot = epoch is null ? run?.History.CommittedSlot ?? 0 : epoch.Slot + (epoch.SlotDone ? 1 : 0);
        return new ClusterStatus(
            run?.Spec?.Name, Math.Max(0, slot), run?.Prepared?.Plan.World.Scenario.Slots ?? 0, run?.History.Epoch ?? 0, run?.History.CommittedSlot ?? 0,
            [.. state.Roster.Members.Select(member => OfNode(member, epoch, now))]);
    }

    private static NodeStatus OfNode(SeenMember member, EpochState? epoch, TimeSpan now)
    {
        var held = epoch?.Hosts.Zip(epoch.Placed).FirstOrDefault(host => host.First.Node == member.Node).Second?.Zones ?? [];
        int[] zones = [.. held.Where(zone => zone != epoch!.Learner)];
        var devices = zones.Sum(zone => epoch!.Work.Devices[zone]);
        var rate = epoch is null ? 0 : devices * epoch.Work.Rate.SlotsPerSecond(now);
        return new NodeStatus(member.Node, member.Roles, member.State, zones, devices, rate) { Learns = held.Count > zones.Length };
    }
}
