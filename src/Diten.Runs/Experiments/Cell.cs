using System.Diagnostics;
using Diten.Actors;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Experiments;

/// <summary>One run of an experiment.</summary>
/// <param name="Point">The overrides that make this case, <c>key=value</c>.</param>
/// <param name="Policy">Name of the policy, or of what else is compared.</param>
internal sealed record Cell(string[] Point, string Policy, ScenarioInput Input)
{
    /// <summary>Device-slots: what its run time is about proportional to.</summary>
    public long Work => (long)Input.Scenario.Devices.Count * Input.Scenario.Slots;

    /// <summary>For people: overrides, policy and seed.</summary>
    public string Label => string.Join(' ', [.. Point, Policy, FormattableString.Invariant($"seed={Input.Scenario.Seed}")]);

    /// <summary>Loads the cells of a case, one for each seed.</summary>
    /// <param name="point">The overrides that make this case.</param>
    /// <param name="policy">Its policy; null = the scenario's.</param>
    /// <param name="label">What a case is called that changes more than the policy; null = as its policy.</param>
    public static IEnumerable<Cell> Load(ExperimentSettings settings, string[] point, string? policy, string? label = null)
    {
        string[] overrides = [.. settings.Set, .. point, .. policy is null ? Array.Empty<string>() : [$"policy.name={policy}"]];
        var first = LoadFirst(settings, overrides, key => policy is not null && key == "policy.name" ? "--policies"
            : point.Any(value => value.StartsWith(key + "=", StringComparison.Ordinal)) ? label is null ? "--vary" : "--case" : null);
        if (label is not null)
            point = [];
        var name = label ?? policy ?? first.PolicyName;
        yield return new Cell(point, name, first);
        for (var i = 1; i < settings.Seeds; i++)
            yield return new Cell(point, name, ScenarioInput.Load(settings.Scenario, overrides, first.Scenario.Seed + (ulong)i));
    }

    /// <summary>Says what is odd about cells and what is assumed of their data, each once, and refuses those that this machine cannot hold.</summary>
    /// <param name="force">Try them all the same.</param>
    /// <exception cref="UserErrorException">A file with data of one cannot be used, or one is too large and not forced.</exception>
    public static void Check(IReadOnlyList<Cell> cells, Terminal terminal, bool force)
    {
        foreach (var warning in cells.SelectMany(cell => cell.Input.Warnings).Select(warning => warning.ToString()).Distinct()) terminal.Complain(warning);
        foreach (var cell in cells) RunSize.Of(cell.Input.Scenario, 0).Demand(cell.Input.Name, force);
        // Neither seed nor policy changes what is read: hundreds of cells may share one look at the files, with a policy that takes no time to make.
        var looks = cells.Where(cell => cell.Input.NamesData)
            .Select(cell => cell.Input.With(cell.Input.Scenario with { Seed = 0, Policy = new PolicySection() })).DistinctBy(input => input.ResolvedText);
        // The same for the targets of faults, where there are many seeds.
        var struck = cells.Select(cell => cell.Input).Where(input => !input.Scenario.Faults.IsEmpty)
            .DistinctBy(input => (input.Scenario.Faults, input.Scenario.Stations, input.Scenario.AreaSideMetres))
            .Select(input => input.With(input.Scenario with { Policy = new PolicySection() }));
        foreach (var warning in struck.SelectMany(input => input.FaultWarnings(input.Ready())).Select(warning => warning.ToString()).Distinct()) terminal.Complain(warning);
        foreach (var note in looks.SelectMany(input => InputReport.Notes(input.Ready(0, force))).Distinct()) terminal.Complain(note);
    }

    private static ScenarioInput LoadFirst(ExperimentSettings settings, string[] overrides, Func<string, string?> optionOf)
    {
        try
        {
            return ScenarioInput.Load(settings.Scenario, overrides, settings.Seed);
        }
        catch (ScenarioException problem)
        {
            // The user did not write --set, but the option that became one.
            throw new ScenarioException(
                [.. problem.Errors.Select(error =>
                    error.File == ScenarioFile.CommandLine && optionOf(error.Key) is { } option ? error with { File = option } : error)],
                problem.More);
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="world">Its scenario made ready.</param>
    /// <exception cref="OperationCanceledException">It was stopped; part of a run is of no use to an experiment.</exception>
    public async Task<RunSummary> RunAsync(
        World world, Session session, EmulationOptions options, IRunObserver observer, CancellationToken cancel)
    {
        var outcome = await session.Emulate(world, options, observer, cancel);
        if (outcome.Cancelled)
            throw new OperationCanceledException(cancel);
        using var process = Process.GetCurrentProcess();
        return RunSummary.From(outcome, Input.Describe(world), process.PeakWorkingSet64);
    }
}
