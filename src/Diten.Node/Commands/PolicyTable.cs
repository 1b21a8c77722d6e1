using Diten.Runs;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>A policy that was trained: how, and how well it did.</summary>
internal static class PolicyTable
{
    /// <summary>Prints what came of a training.</summary>
    /// <param name="card">Null where no version of the policy was trained yet.</param>
    public static void Print(Terminal terminal, string folder, RunSummary summary, PolicyCard? card, bool quiet, bool json)
    {
        if (summary.Cancelled)
            terminal.Complain($"stopped on request after {summary.SlotsCompleted} of {summary.Slots} slots: diten train --resume {folder} goes on.");
        if (card is null)
        {
            terminal.Complain("no version of the policy was trained yet.");
            return;
        }

        if (json)
        {
            terminal.Out.Write(File.ReadAllText(Path.Combine(folder, "policy.json")));
            return;
        }

        foreach (var warning in card.Warnings.TakeLast(1))
            terminal.Complain($"warning: {warning}");
        if (quiet)
        {
            terminal.Out.WriteLine(folder);
            return;
        }

        terminal.Tables().Write(Of(card, summary));
        terminal.Out.WriteLine($"Policy: {Path.Combine(folder, card.File)}");
        terminal.Out.WriteLine($"Curves: {new RunFolder(folder).Plots}");
    }

    private static Table Of(PolicyCard card, RunSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(card.TrainedOn, "value", "meaning");
        table.AddRow("trained in", $"{Figures.Count(card.Journeys)} journeys", $"{card.Slots} slots, {card.Version} versions, {Figures.Count(card.Decisions)} decisions");
        table.AddRow("reward of a journey", Figures.Number(card.Last.RewardPerJourney, 1), "of the last 100 or more journeys, while it tried things out; likewise what follows");
        table.AddRow("latency", Figures.Milliseconds(card.Last.LatencyMean), "mean T_glob");
        table.AddRow("failed", Figures.Percent(card.Last.FailureRate), "late or out of coverage");
        table.AddRow("migrated", Figures.Percent(card.Last.MigrationRate), "of slots that are not the first of a journey");
        table.AddRow("entropy", Figures.Number(card.Last.Entropy, 2), "nats; 0 = always sure");
        table.AddRow("settled after", $"{Figures.Count(card.SettledAfter)} journeys", "from there on rewards stayed within 5 % of what they were in the end");
        table.AddRow("network", card.Network, string.Join(", ", card.Features));
        table.AddRow("weights", card.Sha256[..16], "first digits of their SHA-256: equal trainings have equal ones");
        table.AddRow("took", Figures.Duration(TimeSpan.FromSeconds(summary.Rate.WallSeconds)), "wall-clock time");
        return table;
    }
}
