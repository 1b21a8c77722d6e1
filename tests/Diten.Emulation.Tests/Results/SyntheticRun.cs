using System.Security.Cryptography;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Statistics;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

/// <summary>Makes up the reports of a run: plausible, repeatable, and quick; no emulation.</summary>
internal sealed class SyntheticRun
{
    private readonly LatencyHistogram _latencies = new();
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<double> _utilisations = [];
    private SlotTotals _total;

    public SyntheticRun(int side, int slots, int devices = 0)
    {
        (Slots, Stations, Devices) = (slots, side * side, devices);
        var spacing = 5000.0 / side;
        var topology = new Topology(
            [.. Enumerable.Range(0, Stations).Select(s => ((s % side) + 0.5) * spacing)],
            [.. Enumerable.Range(0, Stations).Select(s => ((s / side) + 0.5) * spacing)],
            [.. Enumerable.Repeat(true, Stations)], new Area(0, 0, 5000, 5000), spacing);
        Description = new RunDescription(
            "made-up", "seed = 7\nslots = " + slots + "\n", new Scenario { Seed = 7, Slots = slots }, topology,
            [.. Enumerable.Range(0, Stations).Select(s => s % side < side / 2 ? 0 : 1)])
        {
            ChangedKeys = [new ChangedKey("seed", "7", "1"), new ChangedKey("slots", slots.ToString(), "100")],
        };
    }

    public int Slots { get; }

    public int Stations { get; }

    public int Devices { get; }

    public RunDescription Description { get; init; }

    /// <summary>The same with syncs of which every other one is lost, and twins that are measured.</summary>
    public static SyntheticRun WithFaults(int side, int slots, int devices = 0)
    {
        var made = new SyntheticRun(side, slots, devices);
        var (loss, outage) = (
            new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.5 },
            new Fault { Name = "out_age", Kind = FaultKind.Down, What = FaultWhat.Servers, Timing = FaultTiming.Slots, FromSlot = 1, ToSlot = 3 });
        return new SyntheticRun(side, slots, devices)
        {
            Description = made.Description with { Scenario = made.Description.Scenario with { Faults = new FaultMap([outage, loss]) } },
        };
    }

    private TwinTotals _twins;

    /// <summary>Slot and station whose digest is wrong; none by default.</summary>
    public (int Slot, int Station) Planted { get; init; } = (-1, -1);

    /// <summary>What else is different in the reports that are written.</summary>
    public Func<SlotReport, SlotReport> Changed { get; init; } = static report => report;

    public string WriteTo(string folder, bool cancelled = false, bool overwrite = false)
    {
        var writer = new RunWriter(folder, Description, overwrite);
        for (var slot = 0; slot < Slots; slot++)
            writer.SlotCompleted(Changed(Report(slot)));
        writer.Complete(Outcome(cancelled), peakBytes: 1 << 30);
        return folder;
    }

    public SlotReport Report(int slot)
    {
        var random = new Random((slot * 7919) + 1);
        var servers = new ServerSlotRecord[Stations];
        var totals = new SlotTotals[Stations];
        var digests = new byte[Stations * 32];
        var total = default(SlotTotals);
        for (var s = 0; s < Stations; s++)
        {
            var centre = 1 - (Math.Abs((s % 32) - 16) / 20.0);
            var capacity = 15e9 + (s * 97 % 100 * 1e8);
            var free = capacity * (1 - (random.NextDouble() / 2));
            var tasks = (int)(random.NextDouble() * 3 * centre);
            servers[s] = new ServerSlotRecord(
                slot, s, capacity, free, tasks, Math.Min(1, (tasks * 0.2) + (1 - (free / capacity))), 0.5e9,
                free + ((random.NextDouble() - 0.5) * (random.NextDouble() < 0.1 ? 8e9 : 0)), tasks, 0.5e9, 1);
            var latency = 0.03 + (0.09 * (1 + random.NextDouble()) * (1 + (0.2 * Math.Sin(slot / 9.0)))) + (random.NextDouble() < 0.04 ? 0.1 : 0);
            var late = latency > 0.2 ? 1 : 0;
            totals[s] = new SlotTotals
            {
                Devices = 2,
                InTime = 2 - late,
                Late = late,
                Migrations = random.NextDouble() < 0.25 ? 1 : 0,
                MigrationOpportunities = slot == 0 ? 0 : 2,
                HandOvers = 1,
                QueriesWithoutTwins = 10,
                QueriesWithTwins = 4,
                Latency = 2 * latency,
                LatencyCapped = 2 * Math.Min(latency, 0.2),
                Uplink = 0.05,
                Propagation = 0.006,
                Computation = (2 * latency) - 0.056,
                PredictionError = 0.002 - (0.004 * random.NextDouble()),
                PredictionAbsoluteError = 0.003,
                Reward = -40 * latency,
                DeficitQueue = 1.5,
            };
            total.Add(totals[s]);
            _latencies.Record([LatencyHistogram.BinOf(latency)]);
            SHA256.HashData(BitConverter.GetBytes(latency), digests.AsSpan(32 * s, 32));
            if (Planted == (slot, s))
                digests[32 * s] ^= 1;
        }

        var devices = new DeviceSlotRecord[Devices];
        for (var d = 0; d < Devices; d++)
        {
            devices[d] = new DeviceSlotRecord(
                slot, d, d % Stations, random.NextDouble() * 5000, random.NextDouble() * 5000, d % Stations, (TaskOutcome)(d % 3), d % 4 == 0,
                0.2, random.NextDouble(), random.NextDouble(), 0.025, 0.003, 0, 0.1, 0, d * 0.1, -2.5);
        }

        var digest = SHA256.HashData(digests);
        _digest.AppendData(digest);
        _total.Add(total);
        _utilisations.Add(servers.Average(s => s.Utilisation));
        var report = new SlotReport(slot, digest, total, totals, digests, servers, devices, _utilisations[^1]);
        return Description.Scenario.MeasuresTwins ? Measured(report) : report;
    }

    private SlotReport Measured(SlotReport report)
    {
        var lost = report.Slot % 2;
        var twins = new TwinTotals
        {
            Twins = Stations,
            Age = lost * Stations,
            IncorrectAge = lost,
            InSync = Stations - lost,
            Suspect = lost,
            SyncsSent = Stations,
            SyncsAccepted = Stations * (1 - lost),
            SyncsLost = lost * Stations,
            FreeLag = 1e9,
            FreeLagAbsolute = 2e9,
            TasksLagAbsolute = 3,
        };
        _twins.Add(twins);
        for (var server = 0; server < report.Servers.Length; server++)
            report.Servers[server] = report.Servers[server] with { Twin = new TwinSlotRecord(lost, default, 0.5e9, -1, lost, 1, lost, 0, 0, 0) };
        return report with { Twins = twins };
    }

    public RunOutcome Outcome(bool cancelled = false) => new(
        Slots, _digest.GetHashAndReset(), _total, _latencies, 0.7, _utilisations.DefaultIfEmpty().Average(), cancelled, 0.5, 2)
    {
        Twins = Description.Scenario.MeasuresTwins
            ? new TwinFigures(_twins, [_twins.Twins - _twins.Age, _twins.Age], new FaultCounts([_twins.SyncsSent, 0], [_twins.SyncsLost, 0]))
            : null,
    };
}
