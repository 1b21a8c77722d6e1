using Diten.Model.Faults;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Kinds of faults on twins, servers, stations, radio and backhaul.</summary>
internal static class EntityFaultKinds
{
    private const string Distorts = "`freeLagMeanHertz` and `freeLagAbsoluteMeanHertz`; regret, and the share of wrong decisions. A twin's age and condition do not show it: it is in sync.";

    /// <summary>In the order of <see cref="FaultKind"/>.</summary>
    public static IEnumerable<FaultKindRow> Rows() => [.. Stuck(), .. Wrong(), .. Wild(), .. Clocks(), .. Down(), .. Slower(), .. Air()];

    private static IEnumerable<FaultKindRow> Stuck()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Freeze,
            Strikes = [FaultWhat.Twins],
            Summary = "a twin hears nothing, and says the same again",
            Meaning = """
                The process that hosts the twin hangs: it accepts neither syncs nor reports, asks nothing, and publishes what it published. What it did not hear is
                gone; with `delta`, the first sync after it shows a gap.
                """,
            Reported = "`ageMeanSlots`, the shares of conditions, `incorrectAgeMeanSlots`.",
            Example = """
                faults {
                  stuck { kind = freeze, on = twins, share = 0.3, slots = [10, 40] }
                }
                """,
            Picture = """
                slots = [2, 5]; c0, c1, … is what was free in slot 0, 1, …
                slot            1    2    3    4    5    6    7
                frozen               ■    ■    ■
                policies see   c0   c1   c1   c1   c1   c5   c6
                twin's age      0    0    1    2    3    0    0
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Crash,
            Strikes = [FaultWhat.Twins],
            Needs = [["slots", "at", "renewal"]],
            Summary = "a twin is dead for a while, and may have forgotten all",
            Meaning = """
                In its slots the twin is dead: it accepts and publishes nothing, and stations keep what they had. A durable one then goes on with the state that it
                had when the crash began. One that is not has forgotten all: until the next whole state it says the mean of the scenario's capacities, no tasks and
                revision −1, of an age that counts from the crash's first slot, and is desynchronised. This is a rule of the model, whatever journal a run keeps.
                Killing a process of the emulation is no fault of the model, and changes no result.
                """,
            Reported = "`ageMeanSlots`, the shares of conditions; with `delta`, `resyncs` and `resyncMeanSlots`.",
            Example = """
                faults {
                  lost { kind = crash, on = twins, circle = [625 m, 625 m, 300 m], slots = [20, 30], durable = false }
                }
                """,
            Picture = """
                slots = [2, 5], durable = true
                slot            1    2    3    4    5    6    7
                dead                 ✝    ✝    ✝
                policies see   c0   c1   c1   c1   c1   c5   c6
                twin's age      0    0    1    2    3    0    0
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Wrong()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Bias,
            Strikes = [FaultWhat.Twins],
            Needs = [["by"]],
            Summary = "a twin publishes too much or too little free capacity",
            Meaning = """
                So much is added to the free capacity that the twin publishes; at least 1 % of what it believes is left. What it believes stays right. Bias, drift and
                noise act in the slots in which a twin publishes, add up, and come before a lie.
                """,
            Reported = Distorts,
            Example = """
                faults {
                  rosy { kind = bias, on = twins, share = 0.2, by = 5 GHz }
                }
                """,
            Picture = """
                by = 5 GHz, slots = [2, 4]; what is published at the end of a slot is for the next one
                slot                     1       2       3       4
                believed at its end     12      11      13      12   GHz
                published for the next  12      16      18      12   GHz
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Drift,
            Strikes = [FaultWhat.Twins],
            Needs = [["by"]],
            Summary = "a twin errs more with every slot",
            Meaning = """
                In the first slot of a window (or of a renewal) `by` is added to the free capacity that the twin publishes, in the second twice as much, and so on; at
                least 1 % of what it believes is left. When it ends, the twin is right at once.
                """,
            Reported = Distorts,
            Example = """
                faults {
                  worse { kind = drift, on = twins, share = 0.2, by = 200 MHz, slots = [10, 50] }
                }
                """,
            Picture = """
                by = 1 GHz, slots = [2, 5]
                slot                     1       2       3       4       5
                believed at its end     12      12      12      12      12   GHz
                published for the next  12      13      14      15      12   GHz
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Wild()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Noise,
            Strikes = [FaultWhat.Twins],
            Needs = [["standard-deviation"]],
            Summary = "a twin errs at random",
            Meaning = """
                A normal draw of mean 0 is added to the free capacity that the twin publishes, a new one for each publication: those of the decision rounds, and the one
                at a slot's end. At least 1 % of what it believes is left.
                """,
            Reported = Distorts,
            Example = """
                faults {
                  shaky { kind = noise, on = twins, standard-deviation = 3 GHz }
                }
                """,
            Picture = """
                standard-deviation = 3 GHz (one draw of many)
                slot                     1       2       3       4
                believed at its end     12      12      12      12   GHz
                published for the next  14.1    9.8    12.4    17.3  GHz
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Lie,
            Strikes = [FaultWhat.Twins],
            Needs = [["factor"]],
            Summary = "a twin boasts: more free capacity, and nobody there",
            Meaning = """
                The twin publishes its free capacity times a factor and 0 tasks, in every round: placements that are reported to it change nothing. With
                `hides-tasks = false` it lies of its capacity only, with `factor = 1` of its tasks only. Factors of several liars multiply. Answers of the server
                itself (`decisions.answers = use`) tell the truth.
                """,
            Reported = Distorts,
            Example = """
                faults {
                  liars { kind = lie, on = twins, share = 0.1, factor = 2 }
                }
                """,
            Picture = """
                factor = 2, slots = [2, 4]
                slot                     1       2       3       4
                believed at its end   12, 3   11, 2   13, 4   12, 3  GHz, tasks
                published for the next 12, 3   22, 0   26, 0   12, 3  GHz, tasks
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Clocks()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.ClockSkew,
            Strikes = [FaultWhat.Twins],
            Needs = [["by"]],
            Summary = "a twin takes syncs for younger or older than they are",
            Meaning = """
                The twin's clock is wrong: a sync that it accepts looks younger by so many slots, or older where they are negative. What it believes of the server is
                right; its age, and what rests on it (suspicion, estimators that forget, policies that see ages), is not.
                """,
            Reported = "`ageMeanSlots`, the shares of conditions.",
            Example = """
                # What looks old is avoided: a wrong clock is seen in decisions only where they look at ages.
                decisions.on-desync = avoid
                twins.suspect-age = 1

                faults {
                  slow-clock { kind = clock-skew, on = twins, share = 0.5, by = -2 }
                }
                """,
            Picture = """
                by = -2, slots = [2, 5]
                slot            1   2   3   4   5   6   7
                clock slow          ■   ■   ■
                twin's age      0   0   2   2   2   0   0
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Down()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Down,
            Strikes = [FaultWhat.Servers, FaultWhat.Stations],
            Summary = "a server runs no task, or a station serves nobody",
            Meaning = """
                A server that is down: policies decide as if it were up, tasks that are placed there end `lost`, with latency 0 and reward 0 in the digest. They count in
                the failure rate, and in no mean of latency, reward or regret; in training their reward is −v · slot length − Q C. Services move from it and to it,
                it sends no sync, uses no sequence number, answers no query, and with fifo its backlog stands still.
                A station that is down is a hole in the coverage: its devices are uncovered, and radiate. Nobody attaches elsewhere; hand-overs and services pass.
                """,
            Reported = "`lostRate` of servers, `uncoveredRate` of stations; `failureRate` counts both. No bounds are given in comparisons.",
            Example = """
                faults {
                  outage { kind = down, on = servers, ids = [17, 18], slots = [20, 40] }
                  hole   { kind = down, on = stations, circle = [900 m, 900 m, 200 m], slots = [20, 40] }
                }
                """,
            Picture = """
                on = servers, slots = [2, 5]
                slot          0   1   2   3   4   5   6   7
                tasks         ✓   ✓   ✕   ✕   ✕   ✓   ✓   ✓
                sync          →   →               →   →   →
                twin's age    0   0   0   1   2   3   0   0
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Slower()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Slow,
            Strikes = [FaultWhat.Servers, FaultWhat.Backhaul],
            Needs = [["factor"]],
            Summary = "a server computes slower, or a station's backhaul is longer",
            Meaning = """
                A server's free capacity is multiplied by the factor, and its syncs tell that. On the backhaul, ψ is multiplied for what the stations that it strikes send;
                predictions do not know. Several factors multiply.
                """,
            Reported = "Latency; of a server its free capacity in the table `servers`. No bounds are given in comparisons.",
            Example = """
                faults {
                  throttled { kind = slow, on = servers, share = 0.2, factor = 0.5, renewal { between = 20, lasting = 5 } }
                  detour    { kind = slow, on = backhaul, rectangle = [0 km, 0 km, 0.6 km, 1.25 km], factor = 3 }
                }
                """,
            Picture = """
                on = servers, factor = 0.5, slots = [2, 4]
                slot            1    2    3    4    5
                free           16    8    8   16   16   GHz
                policies see   16   16    8    8   16   GHz
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.LoseQueue,
            Strikes = [FaultWhat.Servers],
            Summary = "a fifo server forgets what was left over",
            Meaning = "With `servers.sharing = fifo`, what was left over from the slot before is lost, and counted in seconds. Elsewhere there is nothing to lose.",
            Reported = "`servers.queueLostSeconds`.",
            Example = """
                servers.sharing = fifo
                servers.frequency = [2 GHz, 4 GHz]    # slow ones: in many a slot more work comes than can be done

                faults {
                  restart { kind = lose-queue, on = servers, at = [20, 40] }
                }
                """,
            Picture = """
                at = [3]
                slot                          0     1     2     3     4
                left over at its beginning    0    0.2   0.5    0    0.3  s
                lost                                           0.7        s
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Air()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Jam,
            Strikes = [FaultWhat.Radio],
            Needs = [["power"]],
            Summary = "noise at stations",
            Meaning = """
                A jammer near these stations: so much is added to the noise σ² of eq. (6) there. Stations measure it, so that predictions have it. Several add up.
                """,
            Reported = "`latency.uplinkMean`. No bounds are given in comparisons.",
            Example = """
                faults {
                  jammer { kind = jam, on = radio, circle = [625 m, 625 m, 250 m], power = 1e-10 W, slots = [20, 40] }
                }
                """,
            Picture = """
                power = 1e-10 W, slots = [2, 4]
                slot       1        2         3        4
                noise    2e-12   1.02e-10  1.02e-10  2e-12  W
                """,
        };
    }
}
