using System.Text.Json.Nodes;
using Diten.Model.Offloading.Bounds;
using Diten.Runs.Progress;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Sums over the single journeys of one policy and seed.</summary>
public sealed class JourneyTotals
{
    private double _seconds, _reward, _nearestFirst, _frontier;
    private long _tasks, _migrations, _opportunities, _whole;

    /// <summary>Mean T_glob of a task, seconds.</summary>
    public double Latency => _seconds / _tasks;

    /// <summary>Migrations per slot that is not the first of a journey.</summary>
    public double MigrationRate => (double)_migrations / _opportunities;

    /// <summary>Mean over whole journeys of Σ R_t, eq. (16); NaN where the run has none.</summary>
    public double RewardOfJourney => _reward / _whole;

    /// <summary>Least mean latency of a task with as many migrations as the policy made, journey by journey, seconds.</summary>
    public double Frontier => _frontier / _tasks;

    /// <summary>Mean latency of a task in the recorded run of nearest-first, seconds.</summary>
    public double NearestFirst => _nearestFirst / _tasks;

    /// <summary>(nearest-first − policy) / (nearest-first − frontier), of the mean latencies; NaN where there was nothing to gain.</summary>
    public double GapClosed => NearestFirst - Frontier > 1e-9 * NearestFirst ? (NearestFirst - Latency) / (NearestFirst - Frontier) : double.NaN;

    /// <summary>Adds a journey.</summary>
    /// <param name="recorded">As nearest-first made it.</param>
    /// <param name="frontier">Its frontier.</param>
    /// <param name="made">As the policy made it.</param>
    public void Add(RecordedJourney recorded, JourneyFrontier frontier, SingleJourney made)
    {
        _tasks += recorded.Tasks;
        _opportunities += recorded.Slots.Length - 1;
        _seconds += made.Seconds;
        _migrations += made.Migrations;
        _nearestFirst += recorded.Seconds;
        _frontier += frontier.AtMost(made.Migrations);
        if (!recorded.Whole || recorded.Tasks == 0)
            return;
        _reward += made.Reward;
        _whole++;
    }

    /// <summary>As a cell keeps them.</summary>
    internal JsonObject ToJson() => new()
    {
        ["tasks"] = _tasks,
        ["migrations"] = _migrations,
        ["opportunities"] = _opportunities,
        ["whole"] = _whole,
        ["seconds"] = _seconds,
        ["reward"] = _reward,
        ["nearestFirst"] = _nearestFirst,
        ["frontier"] = _frontier,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    internal static JourneyTotals Read(JsonObject kept)
    {
        return new JourneyTotals
        {
            _tasks = Count("tasks"),
            _migrations = Count("migrations"),
            _opportunities = Count("opportunities"),
            _whole = Count("whole"),
            _seconds = Sum("seconds"),
            _reward = Sum("reward"),
            _nearestFirst = Sum("nearestFirst"),
            _frontier = Sum("frontier"),
        };

        long Count(string name) => kept[name]!.GetValue<long>();
        double Sum(string name) => kept[name]!.GetValue<double>();
    }
}

/// <summary>A figure of single journeys.</summary>
/// <param name="Name">Its name in <c>compare.json</c>.</param>
/// <param name="Display">How people see it.</param>
/// <param name="Of">Takes it out of the totals of a seed.</param>
public sealed record JourneyMetric(string Name, Display Display, Func<JourneyTotals, double> Of)
{
    /// <summary>All, in the order of the table.</summary>
    public static IReadOnlyList<JourneyMetric> All { get; } =
    [
        new("latency.mean", new("latency, ms", 1e3, 2), totals => totals.Latency),
        new("migrationRate", new("migrated", 1, 4), totals => totals.MigrationRate),
        new("rewardPerJourney", new("reward/journey", 1, 2), totals => totals.RewardOfJourney),
        new("nearestFirst", new("nearest-first, ms", 1e3, 2), totals => totals.NearestFirst),
        new("frontierAtOwnMigrations", new("frontier, own migr., ms", 1e3, 2), totals => totals.Frontier),
        new("gapClosed", new("gap closed, %", 1e2, 2), totals => totals.GapClosed),
    ];
}
