namespace Diten.Runs.Sensitivity;

/// <summary>The declaration: every reading that the model had to choose, with what else one could take (docs/model.md, marks R).</summary>
internal static class ModelReadings
{
    /// <summary>All, in the order of the model's sections.</summary>
    public static IReadOnlyList<ModelReading> All { get; } =
    [
        new("slot length", "Time is slotted; a slot's length is not given.", "1 s", "Deadlines are a fraction of it, and a device moves by a tenth of a cell.",
            new("0.5 s", "slot-length=500 ms"), new("2 s", "slot-length=2 s")),
        new("journey", "A journey has τ slots; τ is not given.", "100 slots", "The budget β𝒞τ then allows 20 migrations.",
            new("25 slots", "devices.journey-slots=25"), new("endless", "devices.journey-slots=1000000")),
        new("trajectories", "Taxis of T-Drive, scaled to the area.", "random waypoint; `diten reproduce` takes the taxi model", "T-Drive may not be passed on; the waypoint model needs no data, and has no numbers that had to be fitted.",
            new("taxi model", "devices.mobility.model=taxi"), new("streets", "devices.mobility.model=manhattan")),
        new("speed", "A movement speed is swept in Figs. 8 and 9, and not given elsewhere.", "15 m/s", "A car in a town, in the middle of what Fig. 8 sweeps.",
            new("5 m/s", "devices.mobility.speed=5 m/s"), new("30 m/s", "devices.mobility.speed=30 m/s")),
        new("coverage", "A station serves devices within 150 m; what happens beyond is not said.", "150 m; beyond, the task fails", "At the default density nobody is out of coverage, so that it matters elsewhere only.",
            new("100 m", "stations.coverage=100 m"), new("1 km", "stations.coverage=1 km")),
        new("stations with servers", "Each station carries a server.", "each", "The text has it so; its failures at the limit of capacity (K10b) would need fewer.",
            new("half", "stations.servers-share=0.5"), new("a quarter", "stations.servers-share=0.25")),
        new("placement", "Stations are distributed evenly.", "a square grid", "The plainest even placement.",
            new("hexagons", "stations.topology=hexagonal"), new("at random", "stations.topology=poisson")),
        new("work", "[200, 400] cycles per unit data volume; the unit is not named.", "per bit", "A task then takes 84 ms at 20 GHz, which fits the deadlines.",
            new("per byte", "tasks.cycles-per-bit=[25, 50]"), new("half", "tasks.cycles-per-bit=[100, 200]")),
        new("path loss", "α is the path-loss exponent; no value.", "3", "Between free space and dense streets.",
            new("2", "radio.path-loss-exponent=2"), new("4", "radio.path-loss-exponent=4")),
        new("channels", "Φ is the set of interfering devices; how it comes about is not said.", "16 channels", "With one channel for all, uplinks alone would break the deadlines.",
            new("none interfere", "radio.channels=0"), new("4", "radio.channels=4"), new("64", "radio.channels=64")),
        new("interference range", "How far away a device still disturbs is not said.", "500 m", "Three distances between stations: what is farther adds little at α = 3.",
            new("250 m", "radio.interference-range=250 m"), new("1 km", "radio.interference-range=1 km")),
        new("bandwidth", "W = 20 MHz is the bandwidth of the channel; whether devices of a cell share it is not said.", "each device has all of it", "(5) has W undivided.",
            new OtherReading("shared in a cell", "radio.share-bandwidth=true")),
        new("wires", "(7) is ψ times the distance, without ψ; the table has a router queuing latency of 2 ms.", "2 ms per distance between stations", "One router a cell.",
            new("0.5 ms", "backhaul.latency-per-spacing=0.5 ms"), new("8 ms", "backhaul.latency-per-spacing=8 ms")),
        new("sharing", "f is what a server has for a task; how the tasks of a slot share it is not said.", "equal shares for their whole length", "Load must cost something: the text explains failures by it.",
            new("shares return", "servers.sharing=processor-sharing"), new("each has all", "servers.sharing=exclusive"), new("first come", "servers.sharing=fifo")),
        new("migration", "A migration costs 𝒞; whether it also delays the task is not said.", "no delay", "(4) to (10) have no term for it.",
            new OtherReading("it delays the task", "servers.migration-outage=true")),
        new("background", "Servers differ and vary; no law is given.", "other load of 0 to 50 %, redrawn every 20 slots", "Without it all servers are alike, and nothing is to be gained.",
            new("none", "servers.background.model=none"), new("0 to 80 %", "servers.background.range=[0, 0.8]"), new("redrawn each slot", "servers.background.redraw-probability=1")),
        new("spread of deviation", "The mean of f̂ is 0.5; neither unit nor law is given.", "normal, 0.5 GHz around 0.5 GHz", "A fortieth of a server's frequency.",
            new("none", "twins.deviation.standard-deviation=0 GHz"), new("1 GHz", "twins.deviation.standard-deviation=1 GHz")),
        new("side of deviation", "f̂ is the deviation between server and twin; which of them is right is not said.", "the server's: reality is what the twin models, plus f̂", "Fig. 6 has latency fall with f̂.",
            new OtherReading("the twin's", "twins.deviation.side=twin")),
        new("hosts of twins", "Twins are kept in the edge; how many share a host is not said.", "blocks of 3 × 3 stations share one", "Fig. 9 has fewer queries with twins: with a host for each nothing would be saved.",
            new("each its own", "twins.hosts-block=1"), new("5 × 5", "twins.hosts-block=5")),
        new("rounds", "Devices decide in each slot; in which order is not said.", "in four parts of a slot, each told of the ones before", "Deciding all at once on old loads, they herd.",
            new("all at once", "decisions.rounds=1"), new("16 parts", "decisions.rounds=16")),
        new("weight v", "v weighs latency against the queue in (13); no value.", "20 per second", "Latency and queue are then of one size.",
            new("5", "objective.v=5"), new("80", "objective.v=80")),
        new("budget β", "β = 0.2 in Fig. 8; elsewhere it is not given.", "0.2 everywhere", "The one value that the text names.",
            new("0.1", "objective.beta=0.1"), new("0.4", "objective.beta=0.4")),
    ];

    /// <summary>Readings that no key of a scenario changes, so that they are not varied.</summary>
    public static IReadOnlyList<string> Fixed { get; } =
    [
        "candidates are the N nearest servers",
        "the first slot of a journey costs no migration",
        "the rate of migrations leaves first slots of journeys out (the paper divides by all)",
        "a task out of coverage fails and counts as nothing else",
        "a device keeps the channel that it drew",
        "distances to stations count as 1 m at least",
        "what a server's share and a deviation add up to is a tenth of the share at least",
        "a journey of Fig. 9 has 1,500 m",
    ];
}
