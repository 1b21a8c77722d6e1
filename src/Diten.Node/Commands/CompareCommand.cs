using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Running;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten compare</c>: several policies on the same random numbers, with intervals, paired differences and offline bounds.</summary>
internal static class CompareCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "compare", "Compare policies on the same random numbers, with intervals and offline bounds.",
            """
            All policies meet the same devices, tasks and loads, seed by seed, so that their differences to the first policy are paired.
            Bounds: the journey frontier is the least latency of one device with a given number of migrations against what the others did
            in that run; the balance bound is the least mean latency of a slot when all devices could be placed at once. Above 200,000
            device-slots they are over a sample; where servers have very many devices, the balance bound is left out.
            The chart latency-vs-migration has a point a policy (mean and interval of both), the budget β as a dashed line, the journey
            frontier against others who follow the policy of the best reward, and the balance bound. A policy far off all others is put
            at the border, and its label says where it is.
            Single journeys: a run of nearest-first is recorded, seed by seed, and then each device of it makes its journeys alone by the
            policy, while the others do what was recorded. It sees their load of the slot before, and there are no decision rounds. The gap
            is what nearest-first's latency is above the journey frontier at as many migrations as the policy makes; gap closed is the
            share of it that the policy saves. A whole journey's reward is summed over its slots. Large runs are sampled as for the bounds.
            """,
            ("compare scenarios/paper.conf --policies nearest-first,drift-plus-penalty --seeds 10", "the paper's comparison"),
            ("compare scenarios/paper.conf --policies drift-plus-penalty,distance-mdp,topsis,q-learning,cost-qos", "policies of cited systems"),
            ("compare scenarios/paper.conf --policies drift-plus-penalty,lowest-latency --set decisions.rounds=1", "what herding does"),
            ("compare scenarios/paper.conf --policies nearest-first,drift-plus-penalty --single-journeys --no-bounds", "one device at a time"),
            ("compare scenarios/herding.conf --policies drift-plus-penalty --case \"four rounds: decisions.rounds=4\"", "what it costs"));
        var scenario = Inputs.ScenarioFile();
        var policies = new Option<string>("--policies") { HelpName = "a,b,c", Description = "Names of policies, the baseline first" };
        var cases = new Option<string[]>("--case")
        {
            HelpName = "label: key=value; key=value",
            Description = "Something else to compare, by what it changes in the scenario; may be given again and again, and comes after the policies",
            DefaultValueFactory = _ => [],
        };
        var (set, seed, seeds, threads) = (Inputs.Set(), Inputs.Seed(), Inputs.Seeds(10), Inputs.Threads());
        var (output, quiet) = (Inputs.Out("runs/compare-<scenario>"), Inputs.Quiet());
        var noBounds = new Option<bool>("--no-bounds") { Description = "Leave out the offline bounds, which take longer than the runs" };
        var singleJourneys = new Option<bool>("--single-journeys")
        {
            Description = "Besides the runs, let each device travel alone by each policy, against a recorded run of nearest-first",
        };
        var force = Inputs.Force();
        command.Add(scenario);
        foreach (var option in new Option[] { policies, cases, seeds, set, seed, output, noBounds, singleJourneys, threads, quiet, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            (string Name, string[]? Changes)[] compared =
                [.. (parsed.GetValue(policies) is { } listed ? Axis.List(listed) : []).Select(name => (name, (string[]?)null)), .. parsed.GetValue(cases)!.Select(Case)];
            string[] names = [.. compared.Select(one => one.Name)];
            if (names.Length == 0)
                throw new UserErrorException("Name what shall be compared: --policies a,b,c, or --case \"label: key=value\".");
            if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new UserErrorException($"--policies and --case name {twice.Key} twice.");
            Cell[] cells = [.. compared.SelectMany(one => Cell.Load(
                parsed.GetRequiredValue(scenario), parsed.GetValue(set)!, one.Changes ?? [], one.Changes is null ? one.Name : null, parsed.GetValue(seed),
                parsed.GetValue(seeds), one.Changes is null ? null : one.Name))];
            Cell.Check(cells, session.Terminal, parsed.GetValue(force));
            var folder = parsed.GetValue(output) is { } given ? OutputFolder.Named(given) : OutputFolder.Unused($"runs/compare-{cells[0].Input.Name}");
            var world = cells[0].Input.Scenario;
            var whyNot = parsed.GetValue(noBounds) ? null : ComparisonBounds.WhyNot(world);
            var bounds = parsed.GetValue(noBounds) || whyNot is not null ? null : new ComparisonBounds(names, world);
            var journeys = parsed.GetValue(singleJourneys) ? new ComparisonJourneys(names, cells) : null;
            var options = new EmulationOptions
            {
                WorkerThreads = parsed.GetValue(threads),
                ServerRecords = bounds is not null,
                DeviceRecordsEvery = bounds is null ? 0 : 1,
            };
            // Made before the runs: that it cannot be made is told now, and not after an hour.
            OutputFolder.Use(folder, () => Directory.CreateDirectory(folder));
            Comparison comparison;
            try
            {
                var (summaries, _) = await new Batch(session, options, parsed.GetValue(quiet)).RunAsync(cells, null, bounds, cancel);
                comparison = new Comparison(names, summaries);
                if (journeys is not null)
                {
                    var recorded = options with { ServerRecords = true, DeviceRecordsEvery = 1 };
                    await new Batch(session, recorded, parsed.GetValue(quiet)).RunAsync(journeys.Recordings, null, journeys, cancel);
                }

                ComparisonFiles.Write(folder, cells[0].Input.Name, comparison, bounds, journeys);
                ComparisonPlot.Write(folder, comparison, bounds, world.Objective.Beta);
            }
            finally
            {
                OutputFolder.RemoveIfEmpty(folder);
            }

            Show(session.Terminal, comparison, bounds, whyNot);
            if (journeys is not null)
                Show(session.Terminal, journeys);
            session.Terminal.Out.WriteLine($"Folder: {folder} (compare.csv, compare.parquet, compare.json, latency-vs-migration.svg and .png)");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A label, a colon, and keys with their values, a semicolon between two of them.</summary>
    private static (string Name, string[]? Changes) Case(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] changes = colon < 1 ? [] : text[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return changes.Length > 0 && changes.All(change => change.Contains('=', StringComparison.Ordinal))
            ? (text[..colon].Trim(), changes)
            : throw new UserErrorException($"--case: found '{text}'; allowed: such as \"four rounds: decisions.rounds=4\".");
    }

    private static void Show(Terminal terminal, Comparison comparison, ComparisonBounds? bounds, string? whyNot)
    {
        var tables = terminal.Tables();
        var means = Headed("policy");
        if (bounds is not null)
            means.AddColumn(new TableColumn("frontier, own migr., ms").RightAligned());
        foreach (var policy in comparison.Policies)
        {
            means.AddRow([
                policy, .. Metric.Headline.Select(metric => metric.Display.Show(comparison.Mean(policy, metric))),
                .. bounds is null ? [] : new[] { Metric.Latency.Display.Show(bounds.AtOwnMigrations(policy)) }]);
        }

        foreach (var bound in bounds?.Rows ?? [])
        {
            means.AddRow([
                Markup.Escape(bound.Name),
                .. Metric.Headline.Select(metric => metric == Metric.Latency ? metric.Display.Show(bound.Latency)
                    : metric == Metric.MigrationRate && bound.MigrationRate is { } rate ? metric.Display.Show(rate) : "")]);
        }

        tables.Write(means);
        if (comparison.Policies.Count > 1)
        {
            var differences = Headed($"less {comparison.Policies[0]}");
            foreach (var policy in comparison.Policies.Skip(1))
                differences.AddRow([policy, .. Metric.Headline.Select(metric => metric.Display.Show(comparison.AgainstFirst(policy, metric).Difference))]);
            tables.Write(differences);
        }

        terminal.Out.WriteLine($"± is the 95 % interval of the mean over {comparison.Seeds} seeds; differences are paired: the same seed, the same random numbers.");
        foreach (var line in bounds?.Notes ?? (whyNot is null ? [] : [whyNot]))
            terminal.Out.WriteLine(line);
    }

    private static void Show(Terminal terminal, ComparisonJourneys journeys)
    {
        if (journeys.Rows.Any())
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("in single journeys");
            foreach (var metric in JourneyMetric.All)
                table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
            foreach (var (name, figures) in journeys.Rows)
                table.AddRow([Markup.Escape(name), .. figures.Zip(JourneyMetric.All, (mean, metric) => metric.Display.Show(mean))]);
            terminal.Tables().Write(table);
        }

        foreach (var line in journeys.Notes)
            terminal.Out.WriteLine(line);
    }

    private static Table Headed(string first)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var metric in Metric.Headline)
            table.AddColumn(new TableColumn(metric.Display.Title).RightAligned());
        return table;
    }
}
