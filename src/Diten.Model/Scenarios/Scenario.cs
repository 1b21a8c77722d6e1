using Diten.Model.Faults;
using Diten.Model.Input;
using Diten.Model.Mobility;
using Diten.Model.Space;

namespace Diten.Model.Scenarios;

/// <summary>A whole scenario, in SI units; the defaults are those of model.md, the paper's where it prints a value. Keys: <c>diten scenarios</c>.</summary>
public sealed record Scenario
{
    /// <summary>Key of every random draw.</summary>
    public ulong Seed { get; init; } = 1;
    /// <summary>Length of the run, slots; positive.</summary>
    public int Slots { get; init; } = 100;
    /// <summary>Length of a slot, seconds; positive.</summary>
    public double SlotLengthSeconds { get; init; } = 1;
    /// <summary>Slots of emulated time per slot of wall-clock time; 0 = as fast as it goes (<c>virtual</c>). Never changes a result.</summary>
    public double Pace { get; init; }
    /// <summary>Side of the square area, metres (ignored where real sites give the area).</summary>
    public double AreaSideMetres { get; init; } = 5000;
    public StationsSection Stations { get; init; } = new();
    public DevicesSection Devices { get; init; } = new();
    public RadioSection Radio { get; init; } = new();
    public TasksSection Tasks { get; init; } = new();
    public BackhaulSection Backhaul { get; init; } = new();
    public ServersSection Servers { get; init; } = new();
    public TwinsSection Twins { get; init; } = new();
    public DecisionsSection Decisions { get; init; } = new();
    public PolicySection Policy { get; init; } = new();
    public ObjectiveSection Objective { get; init; } = new();
    public LearningSection Learning { get; init; } = new();
    public MeasureSection Measure { get; init; } = new();
    /// <summary>What goes wrong on purpose (model.md §10).</summary>
    public FaultMap Faults { get; init; } = FaultMap.Empty;
    public ZonesSection Zones { get; init; } = new();

    /// <summary>Whether regret is measured: where it is wanted, or left to Diten and there are faults; only where a CPU is shared so that it can be.</summary>
    public bool MeasuresRegret => Measure.Regret switch
    {
        RegretMeasure.On => true,
        RegretMeasure.Off => false,
        _ => !Faults.IsEmpty && Measure.Twins != TwinMeasure.Off && (Servers.Sharing is CpuSharing.Equal or CpuSharing.Exclusive),
    };

    /// <summary>
    /// Whether twins are measured: age, condition, lag and what became of syncs; wherever anything of model.md §10 is in use. Elsewhere nearly all of
    /// them would be in sync in every slot, and a run tells of none of it. <c>measure.twins</c> has the last word.
    /// </summary>
    public bool MeasuresTwins => Measure.Twins == TwinMeasure.Auto ? UsesTwins : Measure.Twins == TwinMeasure.On;

    private bool UsesTwins => !Faults.IsEmpty || MeasuresRegret
        || Twins is not { Sync: TwinSync.State, Send: TwinSend.EverySlot, Load: TwinLoad.Last, Exact: TwinExact.None }
        || Twins.Estimator is TwinEstimator.MeanReverting or TwinEstimator.Mean
        || Decisions is not { Answers: AnswerUse.Ignore, OnDesync: DesyncResponse.Trust, State: not DecisionState.DitenAged, Trust: TwinTrust.Off, ReportedShare: >= 1 };

    /// <summary>Whether stations report the last round's placements, too, and twins keep changes by slot.</summary>
    public bool ReportsEveryRound => Twins.Load == TwinLoad.Reckoned || Faults.Strikes(FaultWhat.Report);
}

public enum StationLayout { Grid, Poisson, Hexagonal, Sites }

/// <summary>Where base stations stand (model.md §1, Space).</summary>
public sealed record StationsSection
{
    public StationLayout Topology { get; init; } = StationLayout.Grid;
    /// <summary>Stations per square metre (40 per km²).</summary>
    public double DensityPerSquareMetre { get; init; } = 40e-6;
    /// <summary>Radius within which a station serves devices, metres.</summary>
    public double CoverageMetres { get; init; } = 150;
    /// <summary>CSV of real sites; required for <see cref="StationLayout.Sites"/>, else null.</summary>
    public string? SitesFile { get; init; }
    /// <summary>Header names (or zero-based column numbers) of longitude and latitude in the sites file; null = recognised by usual names.</summary>
    public string? SitesLongitudeColumn { get; init; }
    public string? SitesLatitudeColumn { get; init; }
    /// <summary>Share of stations that carry an edge server, (0, 1].</summary>
    public double ServersShare { get; init; } = 1;
}

public enum MobilityKind { Waypoint, GaussMarkov, Manhattan, Commuter, Trace, Taxi }

/// <summary>Who moves, and how (model.md §1, Mobility).</summary>
public sealed record DevicesSection
{
    public int Count { get; init; } = 200;
    /// <summary>τ, slots of a journey.</summary>
    public int JourneySlots { get; init; } = 100;
    public MobilityKind Mobility { get; init; } = MobilityKind.Waypoint;
    /// <summary>Speed, m/s; for Gauss-Markov the mean speed, for taxis the mean over all time, standing included.</summary>
    public double SpeedMetresPerSecond { get; init; } = 15;
    /// <summary>Gauss-Markov memory, 0 (no memory) to 1 (straight line).</summary>
    public double GaussMarkovMemory { get; init; } = 0.85;
    /// <summary>Manhattan: distance between parallel streets, metres.</summary>
    public double StreetSpacingMetres { get; init; } = 200;
    /// <summary>How synthetic taxis drive and stop.</summary>
    public TaxiSection Taxi { get; init; } = new();
    /// <summary>Folder or file of recorded journeys; required for <see cref="MobilityKind.Trace"/>, else null.</summary>
    public string? Traces { get; init; }
    public TraceFormat TraceFormat { get; init; } = TraceFormat.Auto;
    public FieldSeparator TraceSeparator { get; init; }
    /// <summary>Column mapping for CSV traces (header names or zero-based numbers); null = recognised by usual names.</summary>
    public string? TraceIdColumn { get; init; }
    public string? TraceTimeColumn { get; init; }
    /// <summary>What the dates of traces begin with.</summary>
    public TimeForm TraceTimeForm { get; init; }
    public string? TraceLongitudeColumn { get; init; }
    public string? TraceLatitudeColumn { get; init; }
    public TraceFit TraceFit { get; init; } = TraceFit.Scale;
    /// <summary>Factor by which recorded time is stretched; 1 = as recorded. With scaled space, the ratio of lengths keeps speeds.</summary>
    public double TimeScale { get; init; } = 1;
    /// <summary>A recorded step faster than this is an error of the trace, m/s (before scaling).</summary>
    public double TraceMaximumSpeedMetresPerSecond { get; init; } = 50;
    /// <summary>A recorded pause longer than this ends a journey, seconds.</summary>
    public double TraceMaximumGapSeconds { get; init; } = 600;
}

public enum TraceFormat { Auto, TDrive, Csv, SumoFcd, Geolife, Cabspotting, Kaist }

public enum TraceFit { Scale, Crop }

/// <summary>Uplink and interference (model.md §1, Uplink; eqs. (5), (6)).</summary>
public sealed record RadioSection
{
    public double BandwidthHertz { get; init; } = 20e6;
    public double NoiseWatts { get; init; } = 2e-12;
    public Interval TransmitPowerWatts { get; init; } = new(0.2, 0.6);
    public double PathLossExponent { get; init; } = 3;
    /// <summary>Channels that devices are spread over; 0 switches interference off.</summary>
    public int Channels { get; init; } = 16;
    public double InterferenceRangeMetres { get; init; } = 500;
    /// <summary>True: the devices of a cell divide the bandwidth; false: each has all of it.</summary>
    public bool ShareBandwidth { get; init; }
}

/// <summary>Tasks, a new one per device and slot (model.md §1, Task).</summary>
public sealed record TasksSection
{
    /// <summary>η, bits (600 to 800 kB).</summary>
    public Interval DataBits { get; init; } = new(4.8e6, 6.4e6);
    public Interval CyclesPerBit { get; init; } = new(200, 400);
    public Interval DeadlineSeconds { get; init; } = new(0.150, 0.250);
}

/// <summary>The wired network between stations (model.md §1, Wired; eq. (7)).</summary>
public sealed record BackhaulSection
{
    /// <summary>ψ as seconds per spacing of stations; used unless <see cref="LatencySecondsPerMetre"/> is set.</summary>
    public double LatencySecondsPerSpacing { get; init; } = 2e-3;
    /// <summary>ψ, seconds per metre; null = from the spacing.</summary>
    public double? LatencySecondsPerMetre { get; init; }
    /// <summary>Rate at which a service's state is moved, bits per second (only with <see cref="ServersSection.MigrationOutage"/>).</summary>
    public double RateBitsPerSecond { get; init; } = 10e9;
}

public enum CpuSharing { Equal, ProcessorSharing, Fifo, Exclusive }

/// <summary>What 1 means in a CPU trace. Auto: a percent, or all of the CPU where no value of any trace is above 1.</summary>
public enum CpuUnit { Auto, Percent, Fraction }

public enum BackgroundKind { None, Uniform, Ar1, Trace }

/// <summary>Edge servers (model.md §1, Server and Sharing).</summary>
public sealed record ServersSection
{
    /// <summary>Range of capacities F, hertz.</summary>
    public Interval FrequencyHertz { get; init; } = new(15e9, 25e9);
    public CpuSharing Sharing { get; init; } = CpuSharing.Equal;
    /// <summary>True: a migration delays the slot's task by <see cref="ServiceStateBits"/> / <see cref="BackhaulSection.RateBitsPerSecond"/>.</summary>
    public bool MigrationOutage { get; init; }
    /// <summary>State of one device's service, bits (10 MB).</summary>
    public double ServiceStateBits { get; init; } = 80e6;
    public BackgroundKind Background { get; init; } = BackgroundKind.Uniform;
    /// <summary>Range of background utilisation, within [0, 1).</summary>
    public Interval BackgroundRange { get; init; } = new(0, 0.5);
    /// <summary>Probability per slot that the background is drawn anew (uniform).</summary>
    public double BackgroundRedrawProbability { get; init; } = 0.05;
    /// <summary>AR(1): correlation of one slot with the next, [0, 1).</summary>
    public double BackgroundCorrelation { get; init; } = 0.95;
    /// <summary>File or folder of CPU traces; required for <see cref="BackgroundKind.Trace"/>, else null.</summary>
    public string? BackgroundTraces { get; init; }
    /// <summary>Columns of time and CPU use (header names or zero-based numbers); null = recognised by usual names.</summary>
    public string? BackgroundTraceTimeColumn { get; init; }
    public string? BackgroundTraceValueColumn { get; init; }
    public FieldSeparator BackgroundTraceSeparator { get; init; }
    /// <summary>What the dates of CPU traces begin with.</summary>
    public TimeForm BackgroundTraceTimeForm { get; init; }
    /// <summary>What all of a CPU is in the traces.</summary>
    public CpuUnit BackgroundTraceUnit { get; init; }
    /// <summary>Time between two values of a trace without times, seconds.</summary>
    public double BackgroundTraceStepSeconds { get; init; } = 300;
}

public enum DeviationSource { Injected, Emergent }

public enum DeviationSide { Server, Twin }

public enum TwinEstimator { LastValue, Ewma, Kalman, MeanReverting, Mean }

/// <summary>What a sync tells: the whole state, or what changed since the one before (model.md §10, Syncs).</summary>
public enum TwinSync { State, Delta }

/// <summary>In which slots a server tells its twin.</summary>
public enum TwinSend { EverySlot, Every, OnChange }

/// <summary>How long a server that was asked sends whole states.</summary>
public enum TwinResync { UntilHeard, Once }

/// <summary>What a twin makes of the tasks that it knows of (model.md §10).</summary>
public enum TwinLoad { Last, Aged, Reckoned, Mean }

/// <summary>What twins publish as it is, for experiments (model.md §10).</summary>
public enum TwinExact { None, Capacity, Tasks, Both }

/// <summary>Digital twins of edge servers (model.md §2).</summary>
public sealed record TwinsSection
{
    public DeviationSource DeviationSource { get; init; } = DeviationSource.Injected;
    /// <summary>Mean of the injected f̂, hertz.</summary>
    public double DeviationMeanHertz { get; init; } = 0.5e9;
    public double DeviationStandardDeviationHertz { get; init; } = 0.5e9;
    public DeviationSide DeviationSide { get; init; } = DeviationSide.Server;
    /// <summary>True: policies predict by (10); false: by (8).</summary>
    public bool Calibrated { get; init; } = true;
    public TwinEstimator Estimator { get; init; } = TwinEstimator.LastValue;
    /// <summary>Weight of a new value in the ewma estimator, (0, 1].</summary>
    public double EwmaWeight { get; init; } = 0.3;
    /// <summary>kalman: standard deviations of a slot's drift and of a reading, as shares of the estimate; positive.</summary>
    public double KalmanDrift { get; init; } = 0.05;
    public double KalmanReading { get; init; } = 0.05;
    /// <summary>mean-reverting: ρ, correlation of one slot's free capacity with the next's, [0, 1).</summary>
    public double Correlation { get; init; } = 0.95;
    public TwinLoad Load { get; init; } = TwinLoad.Last;
    /// <summary>aged: ρₙ, correlation of one slot's tasks with the next's, [0, 1).</summary>
    public double LoadCorrelation { get; init; } = 0.7;
    /// <summary>What twins publish as a twin in perfect sync would: a control, which no real twin can do.</summary>
    public TwinExact Exact { get; init; }
    public bool HasExactCapacity() => Exact is TwinExact.Capacity or TwinExact.Both;
    public bool HasExactTasks() => Exact is TwinExact.Tasks or TwinExact.Both;
    public TwinSync Sync { get; init; } = TwinSync.State;
    public TwinResync Resync { get; init; } = TwinResync.UntilHeard;
    public TwinSend Send { get; init; } = TwinSend.EverySlot;
    /// <summary>every: only slots that this divides are told; at least 1.</summary>
    public int SendEverySlots { get; init; } = 5;
    /// <summary>on-change: relative change of c against the last one sent above which a slot is told.</summary>
    public double SendChange { get; init; } = 0.05;
    /// <summary>on-change: slots of silence after which a slot is told whatever it was like; at least 1.</summary>
    public int HeartbeatSlots { get; init; } = 10;
    /// <summary>Age above which a twin is suspect, slots.</summary>
    public int SuspectAgeSlots { get; init; } = 3;
    /// <summary>Age above which a twin is desynchronised, slots.</summary>
    public int DesyncAgeSlots { get; init; } = 10;
    /// <summary>Side of the square block of stations whose twins share a host.</summary>
    public int HostsBlock { get; init; } = 3;
}

public enum DecisionState { Diten, Paper, DitenAged }

/// <summary>Whether stations take what servers' answers tell in place of an older twin's word (model.md §10).</summary>
public enum AnswerUse { Ignore, Use }

/// <summary>What stations make of a candidate whose twin is suspect (model.md §10).</summary>
public enum DesyncResponse { Trust, Avoid, Query }

/// <summary>Whether stations learn from tasks what twins' words are worth (model.md §10).</summary>
public enum TwinTrust { Off, Learned }

/// <summary>How decisions are made (model.md §1, Candidates; model.md §2, Decision rounds).</summary>
public sealed record DecisionsSection
{
    /// <summary>N, candidate servers of a device.</summary>
    public int Candidates { get; init; } = 5;
    /// <summary>Parts of a slot in which devices decide one after another.</summary>
    public int Rounds { get; init; } = 4;
    public DecisionState State { get; init; } = DecisionState.Diten;
    public AnswerUse Answers { get; init; } = AnswerUse.Ignore;
    public DesyncResponse OnDesync { get; init; } = DesyncResponse.Trust;
    /// <summary>query: whether a query can be lost on the link <c>request</c>, and costs a round trip.</summary>
    public bool QueryFaults { get; init; }
    public TwinTrust Trust { get; init; } = TwinTrust.Off;
    /// <summary>learned: weight of a new answer, (0, 1].</summary>
    public double TrustWeight { get; init; } = 0.5;
    /// <summary>Share of devices whose placements stations report, [0, 1]; the others are of another operator.</summary>
    public double ReportedShare { get; init; } = 1;
}

/// <summary>Auto: where there are faults, and the sharing rule lets it be measured.</summary>
public enum RegretMeasure { Auto, On, Off }

/// <summary>Auto: where anything of model.md §10 is in use.</summary>
public enum TwinMeasure { Auto, On, Off }

/// <summary>What is measured beside what every run tells.</summary>
public sealed record MeasureSection
{
    public TwinMeasure Twins { get; init; } = TwinMeasure.Auto;
    public RegretMeasure Regret { get; init; } = RegretMeasure.Auto;
}

public enum PolicyDecide { ArgMax, Sample }

/// <summary>Who decides (model.md §4).</summary>
public sealed record PolicySection
{
    /// <summary>One of the policies of the catalogue that the world is created with, such as <c>nearest-first</c>.</summary>
    public string Name { get; init; } = "drift-plus-penalty";
    /// <summary>Hysteresis: by which fraction another server must be faster than staying.</summary>
    public double Margin { get; init; } = 0.3;
    /// <summary>Distance MDP and cost/QoS: weight of a migration's cost 𝒞, in place of Q(t) in (13); not negative.</summary>
    public double MigrationWeight { get; init; } = 0.1;
    /// <summary>Cost/QoS: fraction of the deadline that a prediction must leave free for the serving server to be kept, [0, 1).</summary>
    public double QosMargin { get; init; } = 0.1;
    /// <summary>TOPSIS: weights of the four attributes, not negative; only their ratios count.</summary>
    public double TopsisLatencyWeight { get; init; } = 0.4;
    public double TopsisCapacityWeight { get; init; } = 0.2;
    public double TopsisDistanceWeight { get; init; } = 0.1;
    public double TopsisMigrationWeight { get; init; } = 0.3;
    /// <summary>Learned: file of the policy's network; required for it, else null.</summary>
    public string? File { get; init; }
    /// <summary>Learned: the candidate of the highest score, or one drawn by their probabilities.</summary>
    public PolicyDecide Decide { get; init; } = PolicyDecide.ArgMax;
    /// <summary>From which slots on other policies decide; all else of this section holds for them, too.</summary>
    public PolicySwitches Switches { get; init; } = PolicySwitches.None;
    /// <summary>Who decides, in words.</summary>
    public string Described => string.Join(", ", [Name, .. Switches.All.Select(one => FormattableString.Invariant($"from slot {one.Slot} {one.Name}"))]);
}

/// <summary>What is optimised (model.md §3).</summary>
public sealed record ObjectiveSection
{
    /// <summary>β, migrations allowed per slot.</summary>
    public double Beta { get; init; } = 0.2;
    /// <summary>𝒞, cost of a migration.</summary>
    public double MigrationCost { get; init; } = 1;
    /// <summary>v, weight of latency, per second.</summary>
    public double V { get; init; } = 20;
}

/// <summary>How the area is cut into zones. Never changes a result.</summary>
public sealed record ZonesSection
{
    /// <summary>0 = chosen by the number of stations.</summary>
    public int Columns { get; init; }
    public int Rows { get; init; }
}
