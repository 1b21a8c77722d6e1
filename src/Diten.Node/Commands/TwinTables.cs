using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>What <c>diten twin</c> prints: one slot, a whole run, or a line of JSON a slot.</summary>
internal static class TwinTables
{
    /// <summary>Events of the twin that are told up to the slot, and slots after it of which they are told.</summary>
    private const int EventsBefore = 3, SlotsAfter = 2;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>What the twin believed in one slot beside what was true, and what happened to it around that slot.</summary>
    public static Table OneSlot(World world, int server, IReadOnlyList<TwinSlot> slots, int at)
    {
        var slot = slots[at];
        var (believed, truth) = (slot.Believed, slot.Truth);
        var table = new Table().Border(TableBorder.Simple).AddColumns($"server {server}, slot {at}", "the twin believed", "true");
        table.AddRow("free CPU", Gigahertz(believed.FreeHertz), Gigahertz(truth.FreeHertz));
        table.AddRow("tasks", believed.Tasks.ToString(Plain), truth.Tasks.ToString(Plain));
        table.AddRow("deviation", Gigahertz(believed.DeviationHertz), Gigahertz(slot.DeviationHertz));
        table.AddRow("age", Slots(believed.AgeSlots), "");
        table.AddRow("revision", believed.Revision < 0 ? "none yet" : string.Create(Plain, $"{believed.Revision}, {Of(at - 1 - believed.AgeSlots)}"), "");
        table.AddRow("in sync", slot.Desynchronized ? "no, and it had asked for a full sync" : believed.AgeSlots > 0 ? "no, and it had not noticed" : "yes", "");
        if (world.Scenario.MeasuresTwins)
        {
            table.AddRow("condition", TwinConditions.Word(believed.Condition), "");
            table.AddRow("faults in force", Markup.Escape(TwinConditions.FaultsAt(world, server, at)), "");
        }

        foreach (var (when, happened) in Around(slots, at))
            table.AddRow($"in slot {when}", Markup.Escape(Words(happened)), "");
        return table;
    }

    /// <summary>How well the twin knew its server.</summary>
    public static Table WholeRun(int server, IReadOnlyList<TwinSlot> slots)
    {
        var run = TwinSummary.Of(slots);
        var (worst, believed, truth) = (run.Worst.Slot, run.Worst.Believed, run.Worst.Truth);
        var table = new Table().Border(TableBorder.Simple).AddColumns($"server {server}, slots 0 to {slots.Count - 1}", "value", "meaning");
        table.AddRow("free CPU wrong by", Gigahertz(run.FreeErrorMeanHertz), "mean over slots of |true − believed|");
        table.AddRow("tasks wrong by", Figures.Number(run.TasksErrorMean, 2), "mean over slots of |true − believed|, before the slot's decisions");
        table.AddRow("largest age", Slots(run.LargestAgeSlots), "since the last sync that the twin took over; 0 = in sync");
        table.AddRow("lost sync", run.LostSyncs == 1 ? "once" : string.Create(Plain, $"{run.LostSyncs} times"), "noticed that syncs were missing");
        table.AddRow("worst slot", worst.ToString(Plain), string.Create(
            Plain, $"believed {Gigahertz(believed.FreeHertz)} and {believed.Tasks} tasks, true {Gigahertz(truth.FreeHertz)} and {truth.Tasks} tasks"));
        return table;
    }

    /// <summary>A slot as one line of JSON; the names are those of the columns of <c>servers.csv</c>, in camel case.</summary>
    public static string Json(TwinSlot slot, World world)
    {
        var line = JsonSerializer.SerializeToNode(new
        {
            slot = slot.Slot,
            freeHertz = slot.Truth.FreeHertz,
            tasks = slot.Truth.Tasks,
            deviationHertz = slot.DeviationHertz,
            twinFreeHertz = slot.Believed.FreeHertz,
            twinTasks = slot.Believed.Tasks,
            twinDeviationHertz = slot.Believed.DeviationHertz,
            twinAgeSlots = slot.Believed.AgeSlots,
            twinRevision = slot.Believed.Revision,
            twinDesynchronized = slot.Desynchronized,
            happened = slot.Happened.Select(Words),
        })!.AsObject();
        if (world.Scenario.MeasuresTwins)
        {
            line["twinCondition"] = TwinConditions.Word(slot.Believed.Condition);
            line["faults"] = new JsonArray(
                [.. FaultWindows.InForceAt(world.Faults, slot.Believed.Server, slot.Slot).Select(fault => (JsonNode)fault.Fault.Name)]);
        }

        return line.ToJsonString();
    }

    private static IEnumerable<(int Slot, TwinEvent Happened)> Around(IReadOnlyList<TwinSlot> slots, int at)
    {
        var before = Enumerable.Range(0, at + 1).Reverse()
            .SelectMany(slot => slots[slot].Happened.Reverse().Select(happened => (slot, happened)))
            .Take(EventsBefore).Reverse();
        var after = Enumerable.Range(at + 1, Math.Min(SlotsAfter, slots.Count - 1 - at))
            .SelectMany(slot => slots[slot].Happened.Select(happened => (slot, happened)));
        return before.Concat(after);
    }

    private static string Words(TwinEvent happened) => happened switch
    {
        TwinSynchronized e => string.Create(Plain, $"took over sync {e.Sequence}, {Of(e.Slot)}: {Gigahertz(e.FreeHertz)} free, {e.Tasks} tasks"),
        TwinResynchronized e => string.Create(Plain, $"took over full sync {e.Sequence}, {Of(e.Slot)}: {Gigahertz(e.FreeHertz)} free, {e.Tasks} tasks"),
        TwinDesynchronized e => string.Create(Plain, $"noticed that syncs from {e.From} on are missing, and asked for a full one"),
        TwinCounted e => string.Create(Plain, $"counts on {e.Change:+0;-0} tasks that stations reported {Of(e.Slot)}"),
        TwinForgot e => string.Create(Plain, $"forgot in a crash all that it knew: {Gigahertz(e.FreeHertz)} free, as any server of the scenario, and no tasks"),
        TruthShown e => string.Create(Plain, $"was shown what is true: {Gigahertz(e.FreeHertz)} free, {e.Tasks} tasks"),
        _ => happened.ToString(),
    };

    /// <summary>Which slot a sync told of.</summary>
    private static string Of(int slot) => slot < 0 ? "from before the run" : string.Create(Plain, $"of slot {slot}");

    private static string Slots(int count) => count == 1 ? "1 slot" : string.Create(Plain, $"{count} slots");

    private static string Gigahertz(double hertz) => string.Create(Plain, $"{hertz / 1e9:F3} GHz");
}
