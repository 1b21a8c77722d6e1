using Diten.Model.Faults;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Every kind of fault: on links here, on entities in <see cref="EntityFaultKinds"/>.</summary>
internal static class FaultKinds
{
    private const string Told = "`offered` and `hit`: messages on the link while it was in force, and those that it struck. Of syncs ";
    private static readonly FaultWhat[] Links = [FaultWhat.Sync, FaultWhat.Request, FaultWhat.Report, FaultWhat.Estimate];

    /// <summary>In the order of <see cref="FaultKind"/>.</summary>
    public static IReadOnlyList<FaultKindRow> All { get; } = [.. Thin(), .. Lossy(), .. Late(), .. EntityFaultKinds.Rows()];

    /// <summary>A kind's row.</summary>
    public static FaultKindRow Of(FaultKind kind) => All[(int)kind];

    private static IEnumerable<FaultKindRow> Thin()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Cut,
            Strikes = Links,
            Summary = "nothing passes on a link",
            Meaning = """
                A cable that was dug up: no message passes while it lasts. Sequence numbers of syncs are used up, so that `twins.sync = delta` sees a gap.
                On one link `cut` comes first: what it takes, no other fault is asked about.
                """,
            Reported = Told + "`syncsLost`, and the age and condition of twins.",
            Example = """
                faults {
                  quarter { kind = cut, link = sync, rectangle = [0 km, 0 km, 0.6 km, 0.6 km], slots = [20, 40] }
                }
                """,
            Picture = """
                slots = [2, 5], link = sync
                slot          0   1   2   3   4   5   6   7
                sync          →   →   ✕   ✕   ✕   →   →   →
                twin's age    0   0   0   1   2   3   0   0
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Limit,
            Strikes = Links,
            Needs = [["every"]],
            Summary = "only messages of every n-th slot pass",
            Meaning = """
                A link that is too thin: messages of a slot t get through where t mod n = 0, the others are lost. Sequence numbers are used up all the same;
                a server that says less on purpose is `twins.send = every`, and uses none.
                """,
            Reported = Told + "`syncsLost`; the mean age is (n − 1) / 2.",
            Example = """
                faults {
                  sparse { kind = limit, link = sync, every = 5 }
                }
                """,
            Picture = """
                every = 3, link = sync
                slot          0   1   2   3   4   5   6   7
                sync          →   ✕   ✕   →   ✕   ✕   →   ✕
                twin's age    0   0   1   2   0   1   2   0
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Lossy()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Drop,
            Strikes = Links,
            Needs = [["probability", "burst"]],
            Summary = "messages are lost, each by itself or in bursts",
            Meaning = """
                With a probability, each message is drawn by itself: a sync or request of a twin, a report of a station to a twin in a round, an estimate of a
                twin to a station. In bursts, all of a target's messages of a slot are lost, or none: a burst starts with one probability a slot, and ends
                with another; before slot 0 there is none.
                """,
            Reported = Told + "`syncsLost`; with `twins.sync = state` P(age ≥ k) = p^k; in bursts a share of start / (start + end) is lost.",
            Example = """
                faults {
                  loss   { kind = drop, link = sync, probability = 0.9 }
                  bursts { kind = drop, link = estimate, burst { start = 0.05, end = 0.2 } }
                }
                """,
            Picture = """
                probability = 0.5, link = sync (one draw of many)
                slot          0   1   2   3   4   5   6   7
                sync          →   ✕   →   ✕   ✕   ✕   →   →
                twin's age    0   0   1   0   1   2   3   0
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Corrupt,
            Strikes = Links,
            Needs = [["probability"]],
            Summary = "messages arrive broken, and are refused",
            Meaning = """
                The receiver's checksum tells that a message is broken; it is dropped there, and counted as refused, not as lost. It travels as long as a whole
                one: `delay` strikes it too.
                """,
            Reported = Told + "`syncsRefused`.",
            Example = """
                faults {
                  noisy { kind = corrupt, link = sync, probability = 0.3 }
                }
                """,
            Picture = """
                probability = 0.3, link = sync (one draw of many)
                slot          0   1   2   3   4   5   6   7
                sync          →   →   ⚡   →   →   ⚡   ⚡   →
                twin's age    0   0   0   1   0   0   1   2
                """,
        };
    }

    private static IEnumerable<FaultKindRow> Late()
    {
        yield return new FaultKindRow
        {
            Kind = FaultKind.Delay,
            Strikes = Links,
            Needs = [["by", "stay"]],
            Summary = "messages arrive later, and overtake each other",
            Meaning = """
                A message arrives some slots later, in the part of the slot in which it was sent: a sync of slot t that is d slots late counts from the decisions
                of slot t + d + 1 on, at age d. `by` is a number of slots, or a range of which each is as likely; `stay` adds slots, one more with that
                probability, again and again. Receivers keep the newest; a message is under way 1,000 slots at most. Several delays add.
                A report that is late counts in the slot in which it arrives, unless its twin has heard a sync of the report's slot or a later one.
                """,
            Reported = Told + "`syncsLate`. By d slots the mean age over T slots is d − d (d + 1) / (2 T).",
            Example = """
                faults {
                  late { kind = delay, link = sync, by = [0, 3] }
                }
                """,
            Picture = """
                by = 2, link = sync
                slot          0   1   2   3   4   5   6   7
                sync sent     0   1   2   3   4   5   6   7
                sync heard            0   1   2   3   4   5
                twin's age    0   1   2   2   2   2   2   2
                """,
        };
        yield return new FaultKindRow
        {
            Kind = FaultKind.Duplicate,
            Strikes = Links,
            Needs = [["probability"]],
            Summary = "messages arrive twice",
            Meaning = """
                The second one arrives with the first. A sync, a request or an estimate that is heard twice changes nothing: the newest is kept, and it is the same.
                A report that is heard twice counts twice: it says "one more", not "how many".
                """,
            Reported = Told + "`syncsDuplicated`.",
            Example = """
                faults {
                  echo { kind = duplicate, link = report, probability = 0.2 }
                }
                """,
            Picture = """
                probability = 0.5, link = report (one draw of many): a station reports one more task in each of four rounds
                round         0   1   2   3
                report       +1  +1  +1  +1
                heard        ×1  ×2  ×1  ×2
                tasks         1   3   4   6
                """,
        };
    }
}
