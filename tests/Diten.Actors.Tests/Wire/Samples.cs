using Akka.Actor;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;
using Google.Protobuf;

namespace Diten.Actors.Tests.Wire;

/// <summary>One message for each manifest: what the approved files hold. None of them may change once it has a file; that a learner's checkpoint of sl1 and sl2 is read no more is the one exception (decision 11).</summary>
internal static class Samples
{
    private const double Odd = 1.0 / 3;

    private static readonly double StrangeNaN = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234);

    private static readonly RunSpec Run = new("2026-11-24-paper-42", "paper", "slots = 100\nseed = 42 # Größe\n", 3, new EmulationOptions
    {
        WorkerThreads = 2,
        ServerRecords = false,
        DeviceRecordsEvery = 100,
        CheckpointEverySlots = 20,
        TwinJournal = true,
        StuckAfterSeconds = 42.5,
    });

    private static readonly RunEdited Edited = new(
        57, new RunChange(RunChangeKind.AddFaults, "{ x { kind = freeze, on = twins } }"), "slots = 100\nfaults.x.kind = freeze\n", "ab12", "fault x: freeze");

    private static readonly MobileDeviceState[] Devices =
    [
        new()
        {
            Device = 7, Station = 3, Serving = 4, LastTask = 4, Host = 4, JourneySlot = 12, Channel = 5, Queue = 1.5,
            Mobility = new MobilityState { X = 100.25, Y = -0.0, A = 300, B = 400.5, C = Odd, D = StrangeNaN, I = 0, J = 0 },
        },
        new()
        {
            Device = 123_456, Station = 2, Serving = -1, LastTask = -1, Host = 9, JourneySlot = 0, Channel = 5, Queue = 0,
            Mobility = new MobilityState { X = 7, Y = 8, A = 300, B = 0, C = 0, D = double.NegativeInfinity, I = 3, J = int.MinValue },
        },
    ];

    private static readonly TwinEstimate Early = new(4, 77, 75, 1, 8.5e9, 12, -0.0), Late = new(9, 77, 76, 0, 3e9, 0, 2e8);

    private static readonly SlotTotals Totals = new()
    {
        Devices = 100,
        InTime = 90,
        Late = 6,
        Uncovered = 4,
        Migrations = 3,
        MigrationOpportunities = 95,
        HandOvers = 8,
        QueriesWithoutTwins = 480,
        QueriesWithTwins = 120,
        Latency = 31.5,
        LatencyCapped = 30.25,
        Uplink = 11,
        Propagation = 0.001,
        Queueing = 0,
        Computation = 20,
        Outage = Odd,
        PredictionError = -0.0,
        PredictionAbsoluteError = 2,
        Reward = -77.5,
        DeficitQueue = 12,
    };

    private static readonly DeviceSlotRecord[] Records =
    [
        new(76, 0, 3, 10, 20.5, 4, TaskOutcome.Late, true, 0.5, 0.75, 0.7, 0.25, 1e-6, 0, 0.4, 0.1, 2.5, -3),
        new(76, 100, 2, 11, 20.5, -1, TaskOutcome.Uncovered, false, 0.6, 0, 0, 0, 0, 0, 0, 0, 0.5, 0),
    ];

    private static readonly ServerTwinState[] Twins =
    [
        new()
        {
            Server = 4, Revision = 77, SyncedSlot = 76, FreeHertz = 8e9, ErrorHertz = -1e8, VarianceSquareHertz = 1e17, SyncedTasks = 12,
            Changes = -2, Desynchronized = true,
        },
        ServerTwinState.Fresh(9),
    ];

    private static readonly ServerFacts[] Facts = [new(4, 1e10, 8e9, 12, 0.75, -0.0), new(9, 1e10, 3e9, 0, 0.7, 1e8)];

    private static readonly TwinTotals TwinTotals = new()
    {
        Twins = 200,
        Age = 31,
        IncorrectAge = 17,
        InSync = 150,
        Suspect = 30,
        Desynchronised = 15,
        Resynchronising = 5,
        Resyncs = 3,
        ResyncSlots = 4,
        SyncsSent = 190,
        SyncsAccepted = 120,
        SyncsLost = 50,
        SyncsLate = 9,
        SyncsDuplicated = 2,
        SyncsRefused = 11,
        FreeLag = -0.0,
        FreeLagAbsolute = 1e9,
        TasksLagAbsolute = 77.5,
        QueueLost = Odd,
    };

    private static readonly TwinFigures TwinFigures = new(TwinTotals, [150, 20, 0, 30], new FaultCounts([190, 0], [50, 0]));

    private static readonly LatencyHistogram Latencies = LatencyHistogram.FromBins([(0, 1), (1500, 20), (1501, 4_000_000_000)]);

    private static readonly PolicyWeights Weights = new(
        PolicyNetworkKind.Set, DecisionState.Diten, 5, [true, false], [new(2, 1, [0.5f, -0.0f], [float.Epsilon])]);

    private static readonly Episode Begun = new()
    {
        Device = 7,
        FirstSlot = 78,
        StateWidth = 2,
        States = [1, -0.0f],
        CandidateCounts = [3],
        Actions = [2],
        Probabilities = [0.25f],
        Versions = [-1],
        Rewards = [-3.5f],
        End = TransitionEnd.None,
    };

    private static readonly SavedLearner Learner = new(
        new TrainerMemory(
            "0123456789abcdef", [-1.5, Odd, StrangeNaN],
            new ActorCriticMemory(9, Weights, [new(2, 1, [1, 2], [3]), new(1, 1, [4], [5])], new AdamMemory(36, [[1, 2], [3]], [[4, -0.0f], [5]]), null)),
        [
            new PolicyPublished(8, Weights, true, null),
            new PolicyPublished(9, Weights, true, new LearningReport(9, 72, [-4, 0.5f], (64, 60), -0.0, 0.25, 1.5, 0, Odd, -2, 0.75, "it has collapsed")),
        ],
        new SavedEpisodes(
            80, [Begun], [new JourneyReward(70, 7, -0.0)],
            [Begun with { Device = 123_456, End = TransitionEnd.Truncated, NextState = [4, 5], NextCandidateCount = 1 }], [new JourneyReward(72, 9, Odd)]),
        [
            new RecordedSlot
            {
                Slot = 79, FreeHertz = [8e9, Odd], DeviationHertz = [-0.0, 1e8], TasksOfOthers = [-1, 3],
                Devices = [new DeviceSighting(7, 100.25, -0.0, -1, 0, 5e6, 1e9, 0.2, false), new DeviceSighting(9, 7, 8, 1, 0.01, 5e6, 1e9, 0.2, true)],
            },
        ]);

    /// <summary>The samples, by the manifest that each is written with.</summary>
    /// <param name="zone">An actor on another node.</param>
    public static IReadOnlyDictionary<string, object> ByManifest(Func<int, IActorRef> zone) => new Dictionary<string, object>
    {
        ["ze1"] = Exchange(),
        ["zx1"] = new ResendExchange(3, 4, 77, 8),
        ["zs1"] = new StartZone([new ZoneLink(2, zone(2)), new ZoneLink(4, zone(4))]),
        ["zr1"] = new ZoneReady(3, 7_000_000_000),
        ["zb1"] = new BeginSlot(77, Devices, true),
        ["zc1"] = new ZoneSlotCompleted(
            3, 2, 76, [new StationSlot(3, Totals, Digest(1), 0xFEDC_BA98_7654_3210), new StationSlot(8, default, Digest(2), 0)], Facts,
            [Early, Late], Records, Devices),
        ["zc2"] = new ZoneSlotCompleted(
            3, 2, 76, [new StationSlot(3, Totals with { Lost = 2, Regret = Odd }, Digest(1), 7)],
            [Facts[0] with { Down = true, QueueLostSeconds = 0.5, Syncs = new SyncCounts(0, 0, 0, 0, 1, 2) }, Facts[1] with { Syncs = new SyncCounts(1, 1, 0, 0, 0, 0) }],
            [Early, Late], Records, Devices)
        {
            TwinFacts = [new TwinFacts(4, 0, 2, TwinCondition.Resynchronising), new TwinFacts(9, 0, 0, TwinCondition.Suspect)],
            Faults = new FaultCounts([190, 0], [50, 0]),
        },
        ["zw1"] = new WriteCheckpoint(80, Devices),
        ["zk1"] = new CheckpointWritten(3, 2, 80),
        ["zd1"] = new DropCheckpointsBefore(60),
        ["zi1"] = new EpochBroken(2, "zone 3: the disk is full"),
        ["zq1"] = new CloseZone(),
        ["zz1"] = new ZoneClosed(3, 2, Latencies),
        ["zf1"] = new EntityFailed("station 7", "BeginPhase", new InvalidOperationException("it was not asked for"), 2),
        ["za1"] = new DescribeWait(),
        ["zv1"] = new WaitDescribed("zone 3 waits for zone 4", 2),
        ["lb1"] = new EpisodeBatch(3, 2, 76, new DecisionRows([7, 123_456, 9], [2, 0, 1], [1, 0, 0], [0.25f, 0, 1], [-3.5f, 0, float.NaN], [false, true, true], [1, 2, -0.0f, 4])),
        ["lr1"] = new ResendEpisodes(7_000_000_000, 76),
        ["hp1"] = new PrepareRun(Run),
        ["hr1"] = new HostReady(Run.RunId, "akka.tcp://diten@10.0.0.1:4710", 2, "aa55", "1234", "Linux, .NET 10, x64"),
        ["hn1"] = new HostRefused(Run.RunId, "akka.tcp://diten@10.0.0.1:4710", "sites.csv is not there"),
        ["hs1"] = new StartZones(2, Run, 60, [0, 1, 5]),
        ["hz1"] = new ZonesStarted(2, [new ZoneLink(0, zone(0)), new ZoneLink(5, zone(1))]),
        ["hx1"] = new StopZones(Run.RunId),
        ["hl1"] = new LeaveRequested(),
        ["hm1"] = new MayLeave(),
        ["rs1"] = new SubmitRun(Run, 59),
        ["ra1"] = new RunAccepted(Run.RunId),
        ["rn1"] = new RunRefused(Run.RunId, "another one is going on"),
        ["rw1"] = new WatchRun(Run.RunId, -1),
        ["rp1"] = new SlotReport(
            76, Digest(3), Totals, [Totals, default], [.. Digest(1), .. Digest(2)],
            [new ServerSlotRecord(76, 4, 1e10, 8e9, 12, 0.75, -0.0, 8.5e9, 10, 1e8, 1), new ServerSlotRecord(76, 9, 1e10, 3e9, 0, 0.7, 0, 3e9, 0, 0, 0)],
            Records, Odd),
        ["rp2"] = new SlotReport(
            76, Digest(3), Totals, [Totals, default], [.. Digest(1), .. Digest(2)],
            [
                new ServerSlotRecord(76, 4, 1e10, 8e9, 12, 0.75, -0.0, 8.5e9, 10, 1e8, 1)
                {
                    Twin = new TwinSlotRecord(1, TwinCondition.Suspect, -0.0, -2, 3, 1, 1, 0, 0, 2),
                },
                new ServerSlotRecord(76, 9, 1e10, 3e9, 0, 0.7, 0, 3e9, 0, 0, 0),
            ],
            [Records[0] with { RegretSeconds = 0.125, ChosenAgeSlots = 4 }, Records[1] with { Outcome = TaskOutcome.Lost }], Odd)
        {
            Twins = TwinTotals,
        },
        ["ru1"] = new RunUnknown(Run.RunId),
        ["rt2"] = new ReportTaken(Run.RunId, 76),
        ["rt1"] = new ReportTaken("", 76),
        ["ri1"] = new RunNotice(RunNoticeKind.NodeLost, 2, 60, "10.0.0.2 was lost"),
        ["rx1"] = new StopAfterSlot(),
        ["rc1"] = new EditRun(Run.RunId, 2, new RunChange(RunChangeKind.SwitchPolicy, "learned", "/data/Größe.policy"), 41),
        ["rd1"] = new EditRefused(Run.RunId, 2, new RunChange(RunChangeKind.ClearFault, "x"), "The run is over."),
        ["rg1"] = new RunEditTold(Run.RunId, 1, Edited),
        ["rk1"] = new EditsTaken(Run.RunId, 3),
        ["rf1"] = new RunFailed("slot 76: station 7 failed", new InvalidOperationException("it was not asked for")),
        ["re1"] = new RunEnded(new RunOutcome(100, Digest(4), Totals, Latencies, 0.25, Odd, true, 1.5, 60.25)),
        ["re2"] = new RunEnded(new RunOutcome(100, Digest(4), Totals, Latencies, 0.25, Odd, true, 1.5, 60.25) { Twins = TwinFigures, Regrets = Latencies }),
        ["cg1"] = new GetClusterStatus(),
        ["cs1"] = new ClusterStatus(
            "paper", 76, 100, 2, 60,
            [
                new NodeStatus("10.0.0.1:4710", "emulation coordinator", "Up", [0, 1, 5], 1_000_000, 1.25e6),
                new NodeStatus("10.0.0.2:4710", "", "Unreachable", [], 0, 0),
            ]),
        ["fg1"] = new GetObservedRun(),
        ["fo1"] = new ObservedRun(Run, zone(2)),
        ["fr1"] = new FollowRun(Run.RunId, 76, 20, 3),
        ["fs1"] = new FollowedSlot(
            Run.RunId, new SlotReport(76, Digest(3), Totals, [], [], [], Records, Odd), Totals, [new RunNotice(RunNoticeKind.NodeLost, 2, 60, "10.0.0.2 was lost")],
            new ClusterStatus("paper", 76, 100, 2, 60, [new NodeStatus("10.0.0.2:4710", "", "Unreachable", [3], 0, 0)])),
        ["td1"] = new DescribeRun(Run),
        ["tr1"] = new TwinsReported(77, [Early, Late]),
        ["tg1"] = new GetSystemCondition(),
        ["ts1"] = new SystemTwinState(77, [Early, Late]),
        ["tq1"] = new GetEstimatedRewards(new ConsideredTask(100.25, -0.0, 1e9, 0.125, 3, new ServerId(4), ServerId.None)),
        ["te1"] = new RewardsEstimated(77, [new EstimatedReward(new ServerId(4), 0.25, -1), new EstimatedReward(new ServerId(2), Odd, -2)]),
        ["jr1"] = new RunSubmitted(Run),
        ["je1"] = new EpochOpened(2),
        ["jc1"] = new CheckpointCommitted(80, 2, [.. Digest(3), .. Digest(4)], Totals, 31.5, 12),
        ["jx1"] = new RunClosed(Run.RunId, RunEnd.Failed, "the disk is full"),
        ["jt1"] = new TwinSlotCommitted(
            3, 76,
            [
                new TwinHappening(4, new TwinSynchronized(77, 76, 8e9, 12)),
                new TwinHappening(9, new TwinDesynchronized(70)),
                new TwinHappening(9, new TwinResynchronized(77, 75, -0.0, 3)),
            ],
            [new ServerTruth(4, 8e9, 12), new ServerTruth(9, 3e9, 3)]),
        ["sz1"] = new ZoneCheckpoint(
            3, 80,
            [
                new StationSaved(2, [Devices[1]], [new FarDeparture(17, 2, -1, true), new FarDeparture(19, 0, 3, false)]),
                new StationSaved(3, [Devices[0]], []),
            ],
            [
                new EdgeServerSaved(4, 0.25, 0, [new ServiceState(7, 12), new ServiceState(123_456, 1)], 81, false),
                new EdgeServerSaved(9, Odd, 0.125, [], 80, true),
            ],
            Twins, [Devices[1]], Latencies),
        ["sl1"] = new LearnerSaved(80, null),
        ["st1"] = new TwinsSaved(3, 80, Twins),
        ["jr2"] = new RunSubmitted(Run with { World = "6a09e667" }),
        ["je2"] = new EpochOpened(2),
        ["jc2"] = new CheckpointCommitted(80, 2, [.. Digest(3), .. Digest(4)], Totals, 31.5, 12),
        ["jc3"] = new CheckpointCommitted(80, 2, [.. Digest(3), .. Digest(4)], Totals, 31.5, 12)
        {
            Twins = new TwinMeasuresSaved(TwinFigures, [8e9, -0.0], [12, 3], [0, 5], [2, 0]),
        },
        ["jw1"] = new CheckpointWithdrawn(80),
        ["jd1"] = Edited,
        ["jx2"] = new RunClosed(Run.RunId, RunEnd.Failed, "the disk is full"),
        ["jt2"] = new TwinSlotCommitted(3, 76, [new TwinHappening(4, new TwinSynchronized(77, 76, 8e9, 12))], [new ServerTruth(4, 8e9, 12)])
        {
            RunMark = 0xFEDC_BA98_7654_3210,
        },
        ["sz2"] = new ZoneCheckpoint(3, 80, [new StationSaved(3, [Devices[0]], [])], [], Twins, [Devices[1]], Latencies) { RunMark = 1 },
        ["sl2"] = new LearnerSaved(80, null) { RunMark = ulong.MaxValue },
        ["sl3"] = new LearnerSaved(80, Learner) { RunMark = ulong.MaxValue },
        ["st2"] = new TwinsSaved(3, 80, Twins) { RunMark = 77 },
        ["pa1"] = new Parcel(12, 1, 3, "ze1", ByteString.CopyFrom(1, 2, 3, 250)),
    };

    private static ZoneExchange Exchange() => new(
        3, 4, 77, 8,
        [
            new(EntityKind.Station, 30, Early), new(EntityKind.Station, 31, Early), new(EntityKind.Station, 30, Late),
            new(EntityKind.Server, 4, new SubmitTasks(
                4, 21, 77,
                new SubmittedTask[] { new(7, 0, 1e9, 0.125, SubmittedTask.Here), new(123_456, 12, 2e9, Odd, 9) }, new LeavingService[] { new(8, 5) })),
            new(EntityKind.Server, 9, new SubmitTasks(
                9, 21, 77, new SubmittedTask[] { new(9, 3, 1.5e9, 0.25, SubmittedTask.WithTask) }, ReadOnlyMemory<LeavingService>.Empty)),
            new(EntityKind.Station, 30, new TasksExecuted(30, 4, 77, (ExecutedTask[])[new(0, 0, 0.25), new(12, 0.125, Odd)])),
            new(EntityKind.Server, 9, new MigrateServices(9, 4, 77, [new(8, 11), new(10, 1)])),
            new(EntityKind.Station, 30, new InterferenceSums(21, 30, 77, [0, 1e-12, 0, 0, -0.0, 0, 0, 0, 0, 3e-13])),
            new(EntityKind.Station, 31, new InterferenceSums(21, 31, 77, [StrangeNaN])),
            new(EntityKind.Twin, 4, new ReportPlacements(4, -3, 77)), new(EntityKind.Twin, 9, new ReportPlacements(9, 2, 77)),
            new(EntityKind.Twin, 4, new SynchronizeTwin(4, 78, 77, 8e9, 12)),
            new(EntityKind.Twin, 9, new SynchronizeTwin(9, 77, 76, 3e9, 0, true)),
            new(EntityKind.Server, 9, new ResyncRequested(9, 70)),
            new(EntityKind.Server, 4, new CountPresence(4, 150)),
        ],
        Devices);

    private static byte[] Digest(byte first)
    {
        var digest = new byte[32];
        for (var i = 0; i < digest.Length; i++)
            digest[i] = (byte)(first + 7 * i);
        return digest;
    }
}
