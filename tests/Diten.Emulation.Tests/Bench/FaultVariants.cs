using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Emulation.Tests.Bench;

/// <summary>Scenarios with the faults that the array model has, too; regret it has not.</summary>
internal static class FaultVariants
{
    public static Dictionary<string, Func<Scenario, Scenario>> All { get; } = new()
    {
        ["syncs lost"] = Lossy,
        ["syncs lost in bursts"] = s => Faulty(s, On(FaultWhat.Sync, FaultKind.Drop) with { HasBurst = true, BurstStart = 0.3, BurstEnd = 0.4 }),
        ["syncs late, some twice, some broken"] = s => Faulty(
            s,
            On(FaultWhat.Sync, FaultKind.Delay) with { DelayHighSlots = 3, Stay = 0.3 },
            On(FaultWhat.Sync, FaultKind.Duplicate) with { Probability = 0.5 },
            On(FaultWhat.Sync, FaultKind.Corrupt) with { Probability = 0.2 }),
        ["syncs lost, exact capacities"] = s => Exact(s, TwinExact.Capacity),
        ["syncs lost, exact tasks"] = s => Exact(s, TwinExact.Tasks),
        ["syncs lost, all exact"] = s => Exact(s, TwinExact.Both),
        ["syncs lost, a third of the devices reported"] = s => Lossy(s) with { Decisions = s.Decisions with { ReportedShare = 1.0 / 3 } },
        ["nobody reported"] = s => s with { Decisions = s.Decisions with { ReportedShare = 0 } },
        ["every third sync, and half of the city cut off"] = s => Faulty(
            s,
            On(FaultWhat.Sync, FaultKind.Limit) with { Every = 3 },
            On(FaultWhat.Sync, FaultKind.Cut) with { Selection = FaultSelection.Share, Share = 0.5, Timing = FaultTiming.Slots, FromSlot = 2, ToSlot = 6 }),
        ["servers down for a while"] = s => Faulty(s, Some(FaultWhat.Servers, FaultKind.Down)),
        ["servers down for a while, fifo"] = s => Fifo(Faulty(s, Some(FaultWhat.Servers, FaultKind.Down))),
        ["servers slow for a while"] = s => Faulty(s, Some(FaultWhat.Servers, FaultKind.Slow) with { Factor = 0.4 }),
        ["queues lost, fifo"] = s => Fifo(Faulty(s, Some(FaultWhat.Servers, FaultKind.LoseQueue))),
        ["stations down for a while"] = s => Faulty(s, Some(FaultWhat.Stations, FaultKind.Down)),
        ["jammed"] = s => Faulty(s, Some(FaultWhat.Radio, FaultKind.Jam) with { PowerWatts = 1e-9 }),
        ["slow backhaul"] = s => Faulty(s, Some(FaultWhat.Backhaul, FaultKind.Slow) with { Factor = 30 }),
        ["outages that come and go"] = s => Faulty(
            s, On(FaultWhat.Servers, FaultKind.Down) with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 4, RenewalLastingSlots = 3 }),
    };

    private static Scenario Faulty(Scenario scenario, params Fault[] faults) => scenario with
    {
        Measure = new MeasureSection { Regret = RegretMeasure.Off },
        Faults = new FaultMap(faults),
    };

    private static Scenario Lossy(Scenario scenario) => Faulty(scenario, On(FaultWhat.Sync, FaultKind.Drop) with { Probability = 0.6 });

    private static Scenario Exact(Scenario scenario, TwinExact exact) =>
        Lossy(scenario) with { Twins = scenario.Twins with { Exact = exact } };

    private static Scenario Fifo(Scenario scenario) => scenario with { Servers = scenario.Servers with { Sharing = CpuSharing.Fifo } };

    private static Fault On(FaultWhat what, FaultKind kind) => new() { Name = $"{kind}".ToLowerInvariant(), Kind = kind, What = what };

    private static Fault Some(FaultWhat what, FaultKind kind) => On(what, kind) with
    {
        Selection = FaultSelection.Share,
        Share = 0.5,
        Timing = FaultTiming.Slots,
        FromSlot = 2,
        ToSlot = 6,
    };
}
