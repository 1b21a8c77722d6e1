using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Model.Scenarios.Keys;

/// <summary>The rows of <see cref="ScenarioKeys"/>: every key, in the order in which scenarios are written.</summary>
internal static class ScenarioTable
{
    public static IEnumerable<ScenarioKey> Rows() =>
        [.. World(), .. Stations(), .. Devices(), .. Radio(), .. Tasks(), .. Backhaul(), .. Servers(), .. TwinKeys.Rows(), .. Deciding(), .. Learning(), .. Measured(), .. Zones()];

    private static IEnumerable<ScenarioKey> World()
    {
        var world = new ScenarioSection<Scenario>("", s => s, (_, s) => s);
        yield return world.Key("seed", new SeedKind(), s => s.Seed, (s, v) => s with { Seed = v },
            "Key of every random draw: same scenario and seed, same bits (model.md §8)");
        yield return world.Whole("slots", 1, s => s.Slots, (s, v) => s with { Slots = v },
            "Length of the run in slots (model.md §1, Time)");
        yield return world.Quantity("slot-length", Dimension.Time, Bounds.Positive,
            s => s.SlotLengthSeconds, (s, v) => s with { SlotLengthSeconds = v }, "Length of a slot (model.md §1, Time)");
        yield return world.Key("pace", new PaceKind(), s => s.Pace, (s, v) => s with { Pace = v },
            "As fast as it goes, or emulated time per wall-clock time; never changes a result");
        yield return world.Quantity("area.side", Dimension.Length, Bounds.Positive,
            s => s.AreaSideMetres, (s, v) => s with { AreaSideMetres = v }, "Side of the square area; real sites bring their own area (model.md §1, Space)")
            .Unless("stations.topology", "sites");
    }

    private static IEnumerable<ScenarioKey> Stations()
    {
        var stations = new ScenarioSection<StationsSection>("stations.", s => s.Stations, (s, v) => s with { Stations = v });
        yield return stations.Choice("topology", s => s.Topology, (s, v) => s with { Topology = v },
            "How base stations are laid out (model.md §1, Space)");
        yield return stations.Quantity("density", Dimension.Density, Bounds.Positive,
            s => s.DensityPerSquareMetre, (s, v) => s with { DensityPerSquareMetre = v }, "Base stations per area (model.md §1, Space)")
            .Unless("stations.topology", "sites");
        yield return stations.Quantity("coverage", Dimension.Length, Bounds.Positive,
            s => s.CoverageMetres, (s, v) => s with { CoverageMetres = v }, "Radius within which a station serves devices (model.md §1, Space)");
        yield return stations.Path("sites-file", "CSV file", s => s.SitesFile, (s, v) => s with { SitesFile = v },
            "Real sites, one a line; required where topology = sites")
            .When("stations.topology", "sites");
        yield return stations.Text("sites-longitude-column", "column", s => s.SitesLongitudeColumn, (s, v) => s with { SitesLongitudeColumn = v },
            "Longitude in the sites file: header name or number from 0; not set = recognised by usual names")
            .When("stations.topology", "sites");
        yield return stations.Text("sites-latitude-column", "column", s => s.SitesLatitudeColumn, (s, v) => s with { SitesLatitudeColumn = v },
            "Latitude in the sites file: header name or number from 0; not set = recognised by usual names")
            .When("stations.topology", "sites");
        yield return stations.Quantity("servers-share", Dimension.Number, Bounds.PositiveFraction,
            s => s.ServersShare, (s, v) => s with { ServersShare = v }, "Share of stations that carry an edge server (model.md §1, Space)");
    }

    private static IEnumerable<ScenarioKey> Devices()
    {
        var devices = new ScenarioSection<DevicesSection>("devices.", s => s.Devices, (s, v) => s with { Devices = v });
        yield return devices.Whole("count", 1, s => s.Count, (s, v) => s with { Count = v }, "Mobile devices, U");
        yield return devices.Whole("journey-slots", 1, s => s.JourneySlots, (s, v) => s with { JourneySlots = v },
            "τ, slots of a journey; each begins with an empty deficit queue (model.md §1, Time)");

        var mobility = new ScenarioSection<DevicesSection>("devices.mobility.", s => s.Devices, (s, v) => s with { Devices = v });
        yield return mobility.Choice("model", s => s.Mobility, (s, v) => s with { Mobility = v }, "How devices move (model.md §1, Mobility)");
        yield return mobility.Quantity("speed", Dimension.Speed, Bounds.NotNegative,
            s => s.SpeedMetresPerSecond, (s, v) => s with { SpeedMetresPerSecond = v }, "Speed; with gauss-markov its mean; with taxi the mean over all time, standing included; traces bring their own");
        yield return mobility.Quantity("gauss-markov-memory", Dimension.Number, Bounds.Fraction,
            s => s.GaussMarkovMemory, (s, v) => s with { GaussMarkovMemory = v }, "gauss-markov: 0 = no memory, 1 = a straight line")
            .When("devices.mobility.model", "gauss-markov");
        yield return mobility.Quantity("street-spacing", Dimension.Length, Bounds.Positive,
            s => s.StreetSpacingMetres, (s, v) => s with { StreetSpacingMetres = v }, "manhattan: distance between parallel streets")
            .When("devices.mobility.model", "manhattan");
        foreach (var key in TaxiKeys.Rows().Concat(TraceKeys.Journeys()))
            yield return key;
    }

    private static IEnumerable<ScenarioKey> Radio()
    {
        var radio = new ScenarioSection<RadioSection>("radio.", s => s.Radio, (s, v) => s with { Radio = v });
        yield return radio.Quantity("bandwidth", Dimension.Frequency, Bounds.Positive,
            s => s.BandwidthHertz, (s, v) => s with { BandwidthHertz = v }, "W of the uplink, eq. (5)");
        yield return radio.Quantity("noise", Dimension.Power, Bounds.Positive,
            s => s.NoiseWatts, (s, v) => s with { NoiseWatts = v }, "σ², eq. (6)");
        yield return radio.Range("transmit-power", Dimension.Power, Bounds.Positive,
            s => s.TransmitPowerWatts, (s, v) => s with { TransmitPowerWatts = v }, "p, drawn per device and slot, eq. (6)");
        yield return radio.Quantity("path-loss-exponent", Dimension.Number, Bounds.Positive,
            s => s.PathLossExponent, (s, v) => s with { PathLossExponent = v }, "α, eq. (6)");
        yield return radio.Whole("channels", 0, s => s.Channels, (s, v) => s with { Channels = v },
            "Channels that devices are spread over; 0 switches interference off, eq. (6)", most: 1000);
        yield return radio.Quantity("interference-range", Dimension.Length, Bounds.NotNegative,
            s => s.InterferenceRangeMetres, (s, v) => s with { InterferenceRangeMetres = v },
            "Farthest device of another cell that disturbs a station: the set Φ, eq. (6)")
            .Unless("radio.channels", "0");
        yield return radio.Switch("share-bandwidth", s => s.ShareBandwidth, (s, v) => s with { ShareBandwidth = v },
            "Whether the devices of a cell divide W; else each has all of it, eq. (5)");
    }

    private static IEnumerable<ScenarioKey> Tasks()
    {
        var tasks = new ScenarioSection<TasksSection>("tasks.", s => s.Tasks, (s, v) => s with { Tasks = v });
        yield return tasks.Range("data", Dimension.Data, Bounds.Positive,
            s => s.DataBits, (s, v) => s with { DataBits = v }, "η, input of a task, eq. (5); 1 kB = 8000 bit");
        yield return tasks.Range("cycles-per-bit", Dimension.Number, Bounds.Positive,
            s => s.CyclesPerBit, (s, v) => s with { CyclesPerBit = v }, "λ / η, CPU cycles per bit of input, eq. (8)");
        yield return tasks.Range("deadline", Dimension.Time, Bounds.Positive,
            s => s.DeadlineSeconds, (s, v) => s with { DeadlineSeconds = v }, "γ; a task that takes longer has failed, (11b)");
    }

    private static IEnumerable<ScenarioKey> Backhaul()
    {
        var backhaul = new ScenarioSection<BackhaulSection>("backhaul.", s => s.Backhaul, (s, v) => s with { Backhaul = v });
        yield return backhaul.Quantity("latency-per-spacing", Dimension.Time, Bounds.NotNegative,
            s => s.LatencySecondsPerSpacing, (s, v) => s with { LatencySecondsPerSpacing = v },
            "ψ per distance between neighbouring stations, eq. (7)")
            .When("backhaul.latency-per-metre", "");
        yield return backhaul.Key("latency-per-metre", new OptionalQuantityKind(Dimension.TimePerLength, Bounds.NotNegative),
            s => s.LatencySecondsPerMetre, (s, v) => s with { LatencySecondsPerMetre = v },
            "ψ per metre, eq. (7); where set, it is used in place of latency-per-spacing");
        yield return backhaul.Quantity("rate", Dimension.DataRate, Bounds.Positive,
            s => s.RateBitsPerSecond, (s, v) => s with { RateBitsPerSecond = v }, "Rate at which a migrating service's state is moved (model.md §3)")
            .When("servers.migration-outage", "true");
    }

    private static IEnumerable<ScenarioKey> Servers()
    {
        var servers = new ScenarioSection<ServersSection>("servers.", s => s.Servers, (s, v) => s with { Servers = v });
        yield return servers.Range("frequency", Dimension.Frequency, Bounds.Positive,
            s => s.FrequencyHertz, (s, v) => s with { FrequencyHertz = v }, "F, capacity of an edge server, drawn once (model.md §1, Server)");
        yield return servers.Choice("sharing", s => s.Sharing, (s, v) => s with { Sharing = v },
            "How the tasks of a slot share a server's CPU (model.md §1, Sharing)");
        yield return servers.Switch("migration-outage", s => s.MigrationOutage, (s, v) => s with { MigrationOutage = v },
            "Whether a migration delays the slot's task by service-state / backhaul.rate (model.md §3)");
        yield return servers.Quantity("service-state", Dimension.Data, Bounds.NotNegative,
            s => s.ServiceStateBits, (s, v) => s with { ServiceStateBits = v }, "State of one device's service, moved by a migration (model.md §3)")
            .When("servers.migration-outage", "true");

        var background = new ScenarioSection<ServersSection>("servers.background.", s => s.Servers, (s, v) => s with { Servers = v });
        yield return background.Choice("model", s => s.Background, (s, v) => s with { Background = v },
            "Load on servers that is not emulated (model.md §1, Server)");
        yield return background.Range("range", Dimension.Number, Bounds.FractionBelowOne,
            s => s.BackgroundRange, (s, v) => s with { BackgroundRange = v }, "Range of background utilisation")
            .When("servers.background.model", "uniform", "ar1");
        yield return background.Quantity("redraw-probability", Dimension.Number, Bounds.Fraction,
            s => s.BackgroundRedrawProbability, (s, v) => s with { BackgroundRedrawProbability = v },
            "uniform: probability per slot that a server's background is drawn anew")
            .When("servers.background.model", "uniform");
        yield return background.Quantity("correlation", Dimension.Number, Bounds.FractionBelowOne,
            s => s.BackgroundCorrelation, (s, v) => s with { BackgroundCorrelation = v }, "ar1: correlation of one slot with the next")
            .When("servers.background.model", "ar1");
        foreach (var key in TraceKeys.CpuUse())
            yield return key;
    }

    private static IEnumerable<ScenarioKey> Deciding()
    {
        var decisions = new ScenarioSection<DecisionsSection>("decisions.", s => s.Decisions, (s, v) => s with { Decisions = v });
        yield return decisions.Whole("candidates", 1, s => s.Candidates, (s, v) => s with { Candidates = v },
            "N, nearest servers among which a device chooses (model.md §1, Candidates)", most: 1000);
        yield return decisions.Whole("rounds", 1, s => s.Rounds, (s, v) => s with { Rounds = v },
            "Parts of a slot in which devices decide, later ones knowing of earlier ones (model.md §2)", most: BaseStations.BaseStation.MostRounds);
        yield return decisions.Choice("state", s => s.State, (s, v) => s with { State = v },
            "Features of a decision: Diten's, eq. (14) as printed, or Diten's and the twins' age (model.md §4, §10)");
        yield return decisions.Choice("answers", s => s.Answers, (s, v) => s with { Answers = v },
            "Whether stations take what answers to tasks tell of a server in place of an older twin's word (model.md §10)");
        yield return decisions.Choice("on-desync", s => s.OnDesync, (s, v) => s with { OnDesync = v },
            "What stations make of candidates whose twin is suspect (model.md §10)");
        yield return decisions.Switch("query-faults", s => s.QueryFaults, (s, v) => s with { QueryFaults = v },
            "query: whether a query can be lost like a request, and costs a round trip (model.md §10)")
            .When("decisions.on-desync", "query");
        yield return decisions.Choice("trust", s => s.Trust, (s, v) => s with { Trust = v },
            "Whether stations learn from tasks by how much to believe a twin less (model.md §10)");
        yield return decisions.Quantity("trust-weight", Dimension.Number, Bounds.PositiveFraction,
            s => s.TrustWeight, (s, v) => s with { TrustWeight = v }, "learned: weight of a new answer")
            .When("decisions.trust", "learned");
        yield return decisions.Quantity("reported-share", Dimension.Number, Bounds.Fraction,
            s => s.ReportedShare, (s, v) => s with { ReportedShare = v },
            "Share of devices whose placements stations report; the others are of another operator (model.md §10)");

        foreach (var key in PolicyKeys.Rows())
            yield return key;

        var objective = new ScenarioSection<ObjectiveSection>("objective.", s => s.Objective, (s, v) => s with { Objective = v });
        yield return objective.Quantity("beta", Dimension.Number, Bounds.NotNegative,
            s => s.Beta, (s, v) => s with { Beta = v }, "β, migrations allowed per slot, eqs. (11), (12)");
        yield return objective.Quantity("migration-cost", Dimension.Number, Bounds.NotNegative,
            s => s.MigrationCost, (s, v) => s with { MigrationCost = v }, "𝒞, cost of a migration, eq. (3)");
        yield return objective.Quantity("v", Dimension.PerSecond, Bounds.NotNegative,
            s => s.V, (s, v) => s with { V = v }, "v, weight of latency per second, eqs. (13), (16)");
    }

    private static IEnumerable<ScenarioKey> Learning()
    {
        var learning = new ScenarioSection<LearningSection>("learning.", s => s.Learning, (s, v) => s with { Learning = v });
        yield return learning.Choice("update", s => s.Update, (s, v) => s with { Update = v },
            "How networks learn: in batches, or step by step by eqs. (17) to (19) (model.md §5)");
        yield return learning.Choice("critic", s => s.Critic, (s, v) => s with { Critic = v }, "What the critic values: states, or actions in states (model.md §5)");
        yield return learning.Choice("critic-rule", s => s.CriticRule, (s, v) => s with { CriticRule = v },
            "paper: the semi-gradient, or eq. (18) as printed, which does not descend (model.md §5)");
        yield return learning.Choice("train-on", s => s.TrainOn, (s, v) => s with { TrainOn = v },
            "Where episodes come from: the twin of the system, the emulation, or one in the first half of the run, then the other");
        yield return learning.Choice("network", s => s.Network, (s, v) => s with { Network = v },
            "One network that scores each candidate, or the paper's over the whole state (model.md §5)");
        yield return learning.Switch("score-features", s => s.ScoreFeatures, (s, v) => s with { ScoreFeatures = v },
            "Whether networks see the drift-plus-penalty score and log(1 + Q)·move (model.md §5)");
        yield return learning.Whole("slots", 1, s => s.Slots, (s, v) => s with { Slots = v }, "Length of a training run in slots, in place of slots");
        yield return learning.Whole("period", 1, s => s.PeriodSlots, (s, v) => s with { PeriodSlots = v }, "P, slots between two versions of the policy");
        yield return learning.Whole("lag", 0, s => s.LagSlots, (s, v) => s with { LagSlots = v },
            "L, slots that go on with the last version while the next one is trained; 0 = the emulation waits");
        yield return learning.Whole("pretraining", 0, s => s.PretrainingSlots, (s, v) => s with { PretrainingSlots = v },
            "First slots, in which policy.name decides and only the critic learns: K1 of Algorithm 1; on the system's twin at least a journey, in which nothing learns");
        yield return learning.Whole("twin-journeys", 0, s => s.TwinJourneys, (s, v) => s with { TwinJourneys = v },
            "Journeys played on the system's twin for a version; 0 = those of as many decisions as the emulation has in a period")
            .Unless("learning.train-on", "cluster");
        yield return learning.Quantity("discount", Dimension.Number, Bounds.Fraction, s => s.Discount, (s, v) => s with { Discount = v }, "ε, eq. (17)");
        yield return learning.Quantity("advantage-decay", Dimension.Number, Bounds.Fraction,
            s => s.AdvantageDecay, (s, v) => s with { AdvantageDecay = v }, "ppo: λ of generalised advantage estimation")
            .When("learning.update", "ppo");
        yield return learning.Quantity("policy-rate", Dimension.Number, Bounds.Positive,
            s => s.PolicyRate, (s, v) => s with { PolicyRate = v }, "Step size of the policy; l_a, eq. (19)");
        yield return learning.Quantity("critic-rate", Dimension.Number, Bounds.Positive,
            s => s.CriticRate, (s, v) => s with { CriticRate = v }, "Step size of the critic; l_c, eq. (18)");
        yield return learning.Quantity("entropy", Dimension.Number, Bounds.NotNegative,
            s => s.Entropy, (s, v) => s with { Entropy = v }, "ppo: weight of the policy's entropy")
            .When("learning.update", "ppo");
        yield return learning.Quantity("clip", Dimension.Number, Bounds.PositiveFractionBelowOne,
            s => s.Clip, (s, v) => s with { Clip = v }, "ppo: how far an action's probability may move in one update")
            .When("learning.update", "ppo");
        yield return learning.Whole("passes", 1, s => s.Passes, (s, v) => s with { Passes = v }, "ppo: times that an update goes over its batch")
            .When("learning.update", "ppo");
        yield return learning.Whole("minibatches", 1, s => s.Minibatches, (s, v) => s with { Minibatches = v }, "ppo: parts that a batch is cut into")
            .When("learning.update", "ppo");
        yield return learning.Quantity("reward-scale", Dimension.Number, Bounds.Positive,
            s => s.RewardScale, (s, v) => s with { RewardScale = v }, "Factor on rewards in learning");
        yield return learning.Whole("stale-versions", 0, s => s.StaleVersions, (s, v) => s with { StaleVersions = v },
            "Versions after which a sampled action trains the critic only");
    }

    private static IEnumerable<ScenarioKey> Measured()
    {
        var measure = new ScenarioSection<MeasureSection>("measure.", s => s.Measure, (s, v) => s with { Measure = v });
        yield return measure.Choice("twins", s => s.Twins, (s, v) => s with { Twins = v },
            "Whether age, condition and lag of twins are measured; auto: where there are faults, or anything else of model.md §10; faults thrown in while a run goes on never change it");
        yield return measure.Choice("regret", s => s.Regret, (s, v) => s with { Regret = v },
            "Whether the regret of decisions is measured; auto: where there are faults (model.md §10)");
    }

    private static IEnumerable<ScenarioKey> Zones()
    {
        var zones = new ScenarioSection<ZonesSection>("zones.", s => s.Zones, (s, v) => s with { Zones = v });
        yield return zones.Whole("columns", 0, s => s.Columns, (s, v) => s with { Columns = v },
            "Zones from west to east; 0 = chosen by the number of stations; never changes a result");
        yield return zones.Whole("rows", 0, s => s.Rows, (s, v) => s with { Rows = v },
            "Zones from south to north; 0 = chosen by the number of stations; never changes a result");
    }
}
