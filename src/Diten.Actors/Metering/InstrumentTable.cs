using System.Text;

namespace Diten.Actors.Metering;

/// <summary>All that operators can watch. The code (<see cref="Instruments"/>), docs/metrics.md and the test of the dashboard come from it.</summary>
public static class InstrumentTable
{
    /// <summary>Name of the meter of <c>System.Diagnostics.Metrics</c> that all belong to.</summary>
    public const string MeterName = "Diten";

    internal const string InClock = "clock", InZones = "zones", InNode = "node";

    /// <summary>Bounds of the histograms' buckets, seconds: from a small town's slot to a long recovery.</summary>
    internal static readonly double[] SecondsOfBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    internal static readonly InstrumentRow Slots = new("diten.slots", InstrumentKind.Counter, "{slot}", InClock,
        "Slots that all zones have completed; again = a slot that was done before its epoch was lost")
    { Tag = "pass", Values = ["first", "again"] };

    internal static readonly InstrumentRow SlotDuration = new("diten.slot.duration", InstrumentKind.Histogram, "s", InClock,
        "From a slot's begin to its completion by the last zone");

    internal static readonly InstrumentRow RunSlot = new("diten.run.slot", InstrumentKind.Gauge, "{slot}", InClock,
        "Slots that are done of the run that goes on, or went on last");

    internal static readonly InstrumentRow RunSlots = new("diten.run.slots", InstrumentKind.Gauge, "{slot}", InClock, "Slots that this run has");

    internal static readonly InstrumentRow Runs = new("diten.runs", InstrumentKind.Counter, "{run}", InClock, "Runs that have ended")
    { Tag = "end", Values = ["completed", "stopped", "failed"] };

    internal static readonly InstrumentRow Epoch = new("diten.epoch", InstrumentKind.Gauge, "{epoch}", InClock,
        "Number of the run's epoch: above 1, zones were placed anew");

    internal static readonly InstrumentRow Epochs = new("diten.epochs", InstrumentKind.Counter, "{epoch}", InClock, "Epochs that were opened");

    internal static readonly InstrumentRow Hosts = new("diten.hosts", InstrumentKind.Gauge, "{node}", InClock,
        "Nodes that the run's zones are placed on; 0 between two epochs and two runs");

    internal static readonly InstrumentRow NodesLost = new("diten.nodes.lost", InstrumentKind.Counter, "{node}", InClock,
        "Nodes that were lost while a run went on");

    internal static readonly InstrumentRow RecoveryDuration = new("diten.recovery.duration", InstrumentKind.Histogram, "s", InClock,
        "From an epoch's end (a node was lost, zones are placed anew) to the first slot done in the next one, as the clock saw it that did it");

    internal static readonly InstrumentRow CheckpointDuration = new("diten.checkpoint.duration", InstrumentKind.Histogram, "s", InClock,
        "From asking zones for a checkpoint to its being one that counts");

    internal static readonly InstrumentRow CheckpointSlot = new("diten.checkpoint.slot", InstrumentKind.Gauge, "{slot}", InClock,
        "The slot that the run would go on from: that of the last checkpoint that counts");

    internal static readonly InstrumentRow Twins = new("diten.twins", InstrumentKind.Gauge, "{twin}", InClock,
        "Twins by condition, at the end of the last slot")
    { Tag = "condition", Values = ["in_sync", "suspect", "desynchronised", "resynchronising"] };

    internal static readonly InstrumentRow Zones = new("diten.zones", InstrumentKind.Gauge, "{zone}", InNode, "Zones that the node holds");

    internal static readonly InstrumentRow DeviceSlots = new("diten.device_slots", InstrumentKind.Counter, "{device_slot}", InZones,
        "Devices of the slots that the node's zones have completed, those run again among them");

    internal static readonly InstrumentRow StoreDuration = new("diten.store.duration", InstrumentKind.Histogram, "s", InNode,
        "From handing something to journal or snapshot store to its being there: a zone's checkpoint, a slot of a zone's twins, a word of the clock")
    { Tag = "store", Values = ["checkpoint", "twins", "clock"] };

    internal static readonly InstrumentRow Resends = new("diten.resends", InstrumentKind.Counter, "{message}", InNode,
        "Messages to other nodes that were said again: by the clock, twice a second, what has no answer yet; by a zone, what a neighbour has missed")
    { Tag = "sender", Values = ["clock", "zone"] };

    internal static readonly InstrumentRow Sent = new("diten.sent", InstrumentKind.Counter, "By", InNode,
        "What zones and clock have sent to other nodes: exchanges, slots, reports; not the small words between them");

    internal static readonly InstrumentRow Received = new("diten.received", InstrumentKind.Counter, "By", InNode, "Likewise, what came");

    /// <summary>All rows, in the order of the page.</summary>
    public static IReadOnlyList<InstrumentRow> All { get; } =
    [
        Slots, SlotDuration, RunSlot, RunSlots, Runs, Epoch, Epochs, Hosts, NodesLost, RecoveryDuration, CheckpointDuration, CheckpointSlot, Twins,
        Zones, DeviceSlots, StoreDuration, Resends, Sent, Received,
    ];

    /// <summary>The page docs/metrics.md.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("""
            # Metrics

            Written by the table that the code measures by (`InstrumentTable`): `diten metrics --markdown > docs/metrics.md`; do not edit by hand.
            A node serves them for Prometheus where it is told to: `diten node --http 9464`, then `http://127.0.0.1:9464/metrics`
            ([running a cluster](running-a-cluster.md)). `dashboards/diten.json` draws them in Grafana. Any other listener of `System.Diagnostics.Metrics`
            finds them in the meter `Diten`.

            *Clock*: told by the node that the clock lives on, which is another one after that node's death. *Zones* and *node*: told by every node of
            itself. Counters count from the start of the process. No metric changes a result, and a run is measured whether or not anybody listens.

            | Prometheus | name | kind | unit | told by | tag | meaning |
            |---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var row in All)
        {
            var tag = row.Tag.Length == 0 ? "" : $"`{row.Tag}` = {string.Join(", ", row.Values)}";
            text.Append($"| `{row.PrometheusName}` | `{row.Name}` | {row.Kind.ToString().ToLowerInvariant()} | {row.Unit.Trim('{', '}').Replace('_', '-')} ")
                .Append($"| {row.Where} | {tag} | {row.Meaning} |\n");
        }

        return text.Append("\nA histogram has three series in Prometheus: its name with `_bucket`, `_sum` and `_count`; so `diten_checkpoint_duration_seconds_count` counts\n"
            + "checkpoints. Beside these there are .NET's own of the process (meter `System.Runtime`: memory, processor, garbage collections), and `target_info` with\n"
            + "the node's version and roles.\n").ToString();
    }
}
