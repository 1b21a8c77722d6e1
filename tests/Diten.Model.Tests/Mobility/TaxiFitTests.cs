using Diten.Model.Mobility;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Docs;

namespace Diten.Model.Tests.Mobility;

/// <summary>The synthetic taxi beside recorded ones; they are not in the repository, and without them these tests skip.</summary>
public class TaxiFitTests
{
    private const string Begin = "<!-- made by TaxiFitTests -->\n", End = "<!-- end -->\n", Recorded = "traj-wuxi-taxi/WX_taxi_100k_with_id_downsample_5x.csv";

    private const double LongestGapSeconds = 600;

    private static readonly Area Plane = new(-1e8, -1e8, 1e8, 1e8);

    [SkippableFact]
    public void The_synthetic_taxi_stands_turns_and_gets_about_as_recorded_ones_do()
    {
        var journeys = Journeys();
        var (recorded, taxi) = (new TrajectoryStatistics(journeys), new TrajectoryStatistics(Sampled(journeys, MobilityKind.Taxi)));

        Assert.Equal(recorded["mean speed, m/s"], taxi["mean speed, m/s"], 0.15 * recorded["mean speed, m/s"]);
        foreach (var start in new[] { "standing (less", "turned by" })   // of the two kinds of taxis those that are seen rarely are four fifths of the time
            Assert.All(recorded.Names(start), name => Assert.True(Math.Abs(recorded[name] - taxi[name]) < (name.Contains("140 to") ? 0.05 : 0.13), $"{name}: recorded {recorded[name]:F3}, taxi {taxi[name]:F3}"));
        foreach (var percent in new[] { 50, 75, 90 })
            foreach (var minutes in new[] { 1, 5, 10 })
            {
                var name = $"displacement in {minutes} min, {percent} % below, m";
                Assert.True(taxi[name] / recorded[name] is > 0.7 and < 1.4, $"{name}: recorded {recorded[name]:F0}, taxi {taxi[name]:F0}");
            }
    }

    [SkippableFact]
    public void The_page_shows_the_statistics_of_recorded_and_synthetic_journeys()
    {
        var journeys = Journeys();
        var table = TrajectoryStatistics.Table(
            ("recorded", new TrajectoryStatistics(journeys)),
            ("`taxi`", new TrajectoryStatistics(Sampled(journeys, MobilityKind.Taxi))),
            ("`waypoint`", new TrajectoryStatistics(Sampled(journeys, MobilityKind.Waypoint))));

        var page = Pages.Read("taxi-model.md");
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("DITEN_WRITE_TABLES") == "new")
            File.WriteAllText(Path.Combine(Pages.Root, "docs", "taxi-model.md"), page[..from] + table + page[to..]);
        else
            Assert.Equal(table, page[from..to]);
    }

    /// <summary>The recorded journeys, cleaned as devices would follow them, not scaled, and cut at long pauses.</summary>
    private static List<List<TracePoint>> Journeys()
    {
        var devices = new DevicesSection { Traces = RealData.Require(Recorded) };
        var input = TraceReader.Read(devices);
        var pieces = TraceCleaning.Clean(
            input.Traces, null, input.IsGeographic, devices.TraceMaximumSpeedMetresPerSecond, new long[Enum.GetValues<TraceDrop>().Length]);
        var journeys = new List<List<TracePoint>>();
        foreach (var piece in pieces)
        {
            journeys.Add([]);
            foreach (var point in piece)
            {
                if (journeys[^1].Count > 0 && point.Seconds - journeys[^1][^1].Seconds > LongestGapSeconds)
                    journeys.Add([]);
                journeys[^1].Add(point);
            }
        }

        journeys.RemoveAll(journey => journey.Count < 2);
        return journeys;
    }

    /// <summary>A device a journey, as fast in the mean, seen in the seconds in which the recorded one was.</summary>
    private static List<List<TracePoint>> Sampled(List<List<TracePoint>> journeys, MobilityKind kind)
    {
        var area = kind == MobilityKind.Taxi ? Plane : new Area(0, 0, 90_000, 90_000);   // waypoint needs a town to have targets in: Wuxi is as wide
        var devices = new DevicesSection { Mobility = kind, SpeedMetresPerSecond = TrajectoryStatistics.MeanSpeed(journeys) };
        var mobility = Mobilities.Create(new Scenario { Seed = 1, Devices = devices }, area).Mobility;
        return [.. journeys.Select((journey, device) =>
        {
            var (state, slot) = (mobility.Start(device), 0);
            var seen = new List<TracePoint>();
            foreach (var point in journey)
            {
                for (; slot < point.Seconds - journey[0].Seconds; slot++)
                    mobility.Advance(ref state, device, slot);
                seen.Add(new TracePoint(point.Seconds, state.X, state.Y));
            }

            return seen;
        })];
    }
}
