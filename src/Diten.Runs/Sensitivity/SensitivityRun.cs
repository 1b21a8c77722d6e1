using Diten.Runs.Execution;
using Diten.Runs.Experiments;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Sensitivity;

/// <summary>What came of the claims in all readings.</summary>
public sealed class SensitivityResult
{
    internal SensitivityResult(
        string folder, bool isQuick, double sideKilometres, int users, SensitivityEffects alone, SensitivityEffects elsewhere, SensitivityEffects paired,
        IReadOnlyList<(string Level, string First, string Second)> pairs) =>
        (Folder, IsQuick, SideKilometres, Users, Alone, Elsewhere, Paired, Pairs) = (folder, isQuick, sideKilometres, users, alone, elsewhere, paired, pairs);

    /// <summary>Where runs and tables are.</summary>
    public string Folder { get; }

    internal bool IsQuick { get; }

    internal double SideKilometres { get; }

    internal int Users { get; }

    /// <summary>One reading changed at a time; the base among them.</summary>
    internal SensitivityEffects Alone { get; }

    /// <summary>Diten's readings in other worlds.</summary>
    internal SensitivityEffects Elsewhere { get; }

    /// <summary>Two at a time.</summary>
    internal SensitivityEffects Paired { get; }

    /// <summary>The pairs: name of their level, and of those of their two readings.</summary>
    internal IReadOnlyList<(string Level, string First, string Second)> Pairs { get; }
}

/// <summary>Runs the claims in every reading that the model had to choose, and in pairs of those that matter most.</summary>
/// <param name="settings">Folder, threads and so on; scenario and seeds are its own.</param>
/// <param name="quick">Few worlds, small and short ones, and one alternative a reading.</param>
public sealed class SensitivityRun(Session session, ExperimentSettings settings, bool quick)
{
    private const ulong FirstElsewhere = 1001;

    /// <summary>Users of a square kilometre, as in the paper's city.</summary>
    private const int UsersPerSquareKilometre = 8;

    private int Worlds => quick ? 3 : 10;

    private double SideKilometres => quick ? 1.5 : 2.5;

    private int Users => (int)(SideKilometres * SideKilometres * UsersPerSquareKilometre);

    /// <summary>Readings that are varied two at a time.</summary>
    private int Paired => quick ? 3 : 5;

    /// <summary>Runs what was not run before.</summary>
    /// <exception cref="UserErrorException">The shipped scenarios are not at hand, or the folder cannot be used.</exception>
    public async Task<SensitivityResult> RunAsync(CancellationToken cancel)
    {
        var folder = settings.Folder ?? $"runs/sensitivity{(quick ? "-quick" : "")}";
        ExperimentPart[] alone = [PartOf("readings", [Level(SensitivityEffects.Base), .. Others()], 1), PartOf("other-worlds", [Level(SensitivityEffects.Base)], FirstElsewhere)];
        var first = await RunAsync(Path.Combine(folder, "one-at-a-time"), alone, cancel);
        var effects = new SensitivityEffects(first.Parts[0].Results);

        var most = SensitivityRanking.Of(effects, effects).Take(Paired).ToArray();
        var pairs = Pairs(most).ToArray();
        var second = await RunAsync(Path.Combine(folder, "two-at-a-time"), [PartOf("pairs", [.. pairs.Select(pair => pair.Level)], 1)], cancel);
        return new SensitivityResult(
            folder, quick, SideKilometres, Users, effects, new SensitivityEffects(first.Parts[1].Results), new SensitivityEffects(second.Parts[0].Results),
            [.. pairs.Select(pair => (pair.Level.Name, pair.First, pair.Second))]);
    }

    private async Task<Experiments.Findings.ExperimentResult> RunAsync(string folder, IReadOnlyList<ExperimentPart> parts, CancellationToken cancel) =>
        await new ExperimentRun(
            session, new ExperimentDesign("sensitivity", "sensitivity", "Readings of the paper, and its claims", "", parts, quick), settings with { Folder = folder }).RunAsync(cancel);

    /// <summary>A piece of the paper's city, with as many devices in a square kilometre.</summary>
    private ExperimentPart PartOf(string name, IReadOnlyList<Level> levels, ulong firstSeed)
    {
        var scenario = ShippedScenarios.Folder() is { } shipped
            ? Path.Combine(shipped, "paper.conf")
            : throw new UserErrorException("the folder scenarios, which comes with Diten, is not at hand: the readings are varied in scenarios/paper.conf.");
        string[] set = [FormattableString.Invariant($"area.side={SideKilometres} km"), FormattableString.Invariant($"devices.count={Users}"), "policy.name=drift-plus-penalty", .. quick ? ["slots=40"] : Array.Empty<string>()];
        return new ExperimentPart(
            name, name, "", scenario, [.. set.Select(setting => Change.Parse(setting, "sensitivity"))],
            [new Axis(SensitivityEffects.Axis, levels), SensitivityClaims.Cases(Users)], new SeedPlan(firstSeed, Worlds, Worlds, []),
            [Metric.Latency, Metric.FailureRate, Metric.MigrationRate, Metric.QueriesWithTwins, Metric.QueriesWithoutTwins]);
    }

    private IEnumerable<Level> Others() =>
        from reading in ModelReadings.All
        from other in quick ? reading.Others.Take(1) : reading.Others
        select Level(SensitivityEffects.LevelOf(reading, other), other);

    private static IEnumerable<(Level Level, string First, string Second)> Pairs((ModelReading Reading, OtherReading Other)[] most)
    {
        for (var i = 0; i < most.Length; i++)
            for (var j = i + 1; j < most.Length; j++)
            {
                var (first, second) = (SensitivityEffects.LevelOf(most[i].Reading, most[i].Other), SensitivityEffects.LevelOf(most[j].Reading, most[j].Other));
                yield return (Level($"{first} + {second}", most[i].Other, most[j].Other), first, second);
            }
    }

    private static Level Level(string name, params IReadOnlyList<OtherReading> others) => new(name, [.. others.SelectMany(other => other.Changes)]);
}
