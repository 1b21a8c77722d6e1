using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Diten.Actors;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Node.Hosting;
using Diten.Node.Progress;
using Diten.Node.Results;
using Diten.Node.Results.Plots;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten twin</c>: what did a server's twin believe, and what was true?</summary>
internal static class TwinCommand
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "twin", "Say what the twin of a server believed, and what was true.",
            """
            The answer is rebuilt from the run's journal, event by event; it does not need the tables. It works for runs that are done, were
            stopped, broke off or still go on. Both are drawn over time, with dotted lines where the twin noticed that it had missed a sync.
            """,
            ("twin runs/quickstart-seed1 17", "over the whole run"),
            ("twin runs/quickstart-seed1 17 --at 42", "in one slot"),
            ("twin runs/quickstart-seed1 17 --json", "a line of JSON a slot"));
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "Folder of the run, without .partial" };
        var server = new Argument<int>("server") { HelpName = "SERVER", Description = "Number of the server, from 0" };
        var at = new Option<int?>("--at") { HelpName = "SLOT", Description = "One slot [default: the whole run]" };
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "Folder for the plots [default: RUN/plots]" };
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each slot, and draw nothing" };
        var journal = Inputs.Journal("where the run says");
        command.Add(run);
        command.Add(server);
        foreach (var option in new Option[] { at, output, json, journal })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var folder = Folder(parsed.GetRequiredValue(run));
            var start = RunStart.Read(folder);
            var world = ScenarioInput.Load(folder.ScenarioFile, [], null).Ready();
            var number = parsed.GetRequiredValue(server);
            if (number < 0 || number >= world.Topology.ServerCount)
                throw new UsageException($"SERVER: found {number}; allowed: 0 to {world.Topology.ServerCount - 1}.");
            var place = start.Journal == RunStart.InFolder
                ? new SqliteJournal(folder.JournalFile)
                : Inputs.JournalAt(parsed.GetValue(journal)) ?? throw new UsageException($"--journal: the run's journal is elsewhere ({start.Journal}); say where.");
            var slots = await TwinJournal.ReadAsync(place, start.RunId, world, number, cancel);
            if (slots.Count == 0)
                throw new UsageException($"The journal ({place.Describe()}) knows no slot of run {start.RunId} yet.");
            if (parsed.GetValue(at) is { } wanted && (wanted < 0 || wanted >= slots.Count))
                throw new UsageException($"--at: found {wanted}; allowed: 0 to {slots.Count - 1}, what the journal knows.");
            Tell(session.Terminal, world.Scenario, number, slots, parsed.GetValue(at), parsed.GetValue(json));
            if (parsed.GetValue(json))
                return ExitCode.Ok;
            var plots = parsed.GetValue(output) ?? folder.Plots;
            foreach (var name in OutputFolder.Use(plots, () => TwinPlot.Write(plots, number, slots, parsed.GetValue(at))))
                session.Terminal.Out.WriteLine($"Plot: {Path.Combine(plots, name)}.svg, .png");
            return ExitCode.Ok;
        });
        return command;
    }

    private static RunFolder Folder(string path)
    {
        var folder = new RunFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return !File.Exists(folder.StartFile) && File.Exists(folder.Partial.StartFile) ? folder.Partial : folder;
    }

    private static void Tell(Terminal terminal, Scenario scenario, int server, IReadOnlyList<TwinSlot> slots, int? at, bool json)
    {
        if (json)
        {
            foreach (var slot in at is { } one ? [slots[one]] : slots)
                terminal.Out.WriteLine(ToJson(scenario, slot));
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        if (at is { } wanted)
            OneSlot(table, scenario, server, slots, wanted);
        else
            WholeRun(table, server, slots);
        terminal.Tables().Write(table);
    }

    private static void OneSlot(Table table, Scenario scenario, int server, IReadOnlyList<TwinSlot> slots, int at)
    {
        var slot = slots[at];
        table.AddColumns($"server {server}, slot {at}", "the twin believed", "true");
        table.AddRow("free CPU", Gigahertz(slot.Believed.FreeHertz), Gigahertz(slot.Truth?.FreeHertz));
        table.AddRow("tasks", slot.Believed.Tasks.ToString(Plain), slot.Truth?.Tasks.ToString(Plain) ?? "–");
        table.AddRow("deviation of one task's share", Gigahertz(slot.Believed.DeviationHertz), Gigahertz(EdgeServer.DeviationInForceHertz(scenario, server, at)));
        table.AddRow("age", $"{slot.Believed.AgeSlots} slots", "");
        table.AddRow("revision", slot.Believed.Revision.ToString(Plain), "");
        table.AddRow("in sync", slot.Desynchronized ? "no, and it knew" : slot.Believed.AgeSlots > 0 ? "no" : "yes", "");
        for (var before = Math.Max(0, at - 2); before <= at; before++)
            foreach (var happened in slots[before].Happened)
                table.AddRow($"in slot {before}", Markup.Escape(Words(happened)), "");
    }

    private static void WholeRun(Table table, int server, IReadOnlyList<TwinSlot> slots)
    {
        TwinSlot[] known = [.. slots.Where(slot => slot.Truth is not null)];
        table.AddColumns($"server {server}, slots 0 to {slots.Count - 1}", "figure");
        table.AddRow("free CPU believed wrong by, mean", Gigahertz(known.Length == 0 ? null : known.Average(CapacityError)));
        table.AddRow("tasks believed wrong by, mean", Figures.Number(known.Length == 0 ? double.NaN : known.Average(slot => Math.Abs(slot.Truth!.Value.Tasks - slot.Believed.Tasks)), 2));
        table.AddRow("largest age", $"{slots.Max(slot => slot.Believed.AgeSlots)} slots");
        table.AddRow("lost sync", $"{slots.Sum(slot => slot.Happened.Count(happened => happened is TwinDesynchronized))} times");
        if (known.Length > 0 && known.MaxBy(CapacityError) is { } worst)
            table.AddRow("worst slot", $"{worst.Slot}: believed {Gigahertz(worst.Believed.FreeHertz)}, true {Gigahertz(worst.Truth!.Value.FreeHertz)}");
    }

    private static double CapacityError(TwinSlot slot) => Math.Abs(slot.Truth!.Value.FreeHertz - slot.Believed.FreeHertz);

    private static string ToJson(Scenario scenario, TwinSlot slot) => JsonSerializer.Serialize(new
    {
        slot = slot.Slot,
        freeHertz = slot.Truth?.FreeHertz,
        tasks = slot.Truth?.Tasks,
        deviationHertz = EdgeServer.DeviationInForceHertz(scenario, slot.Believed.Server, slot.Slot),
        twinFreeHertz = slot.Believed.FreeHertz,
        twinTasks = slot.Believed.Tasks,
        twinDeviationHertz = slot.Believed.DeviationHertz,
        twinAgeSlots = slot.Believed.AgeSlots,
        twinRevision = slot.Believed.Revision,
        twinDesynchronized = slot.Desynchronized,
        happened = slot.Happened.Select(Words),
    });

    private static string Words(TwinEvent happened) => happened switch
    {
        TwinSynchronized e => string.Create(Plain, $"took over sync {e.Sequence} of slot {e.Slot}: {e.FreeHertz / 1e9:F3} GHz free, {e.Tasks} tasks"),
        TwinResynchronized e => string.Create(Plain, $"took over a full sync {e.Sequence} of slot {e.Slot}: {e.FreeHertz / 1e9:F3} GHz free, {e.Tasks} tasks"),
        TwinDesynchronized e => string.Create(Plain, $"noticed that syncs from {e.From} on are missing"),
        _ => happened.ToString(),
    };

    private static string Gigahertz(double? hertz) => hertz is { } value ? string.Create(Plain, $"{value / 1e9:F3} GHz") : "–";
}
