using Diten.Model.Input;
using Diten.Model.Mobility;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Space;

namespace Diten.Model.Tests.Mobility;

public sealed class RecordedJourneysTests : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Between_recorded_points_a_device_is_on_the_straight_line_at_its_time()
    {
        // The median of the recording, (120, 0), comes to the centre, (200, 200).
        var mobility = _folder.LoadRows("a,0,0,0\na,4,120,0\na,6,120,80\n", side: 400).Mobility;
        var state = mobility.Start(0);
        Assert.Equal((80, 200), (state.X, state.Y));

        foreach (var (x, y) in new[] { (110, 200), (140, 200), (170, 200), (200, 200), (200, 240), (200, 280) })
        {
            Assert.False(mobility.Advance(ref state, 0, 0));
            Assert.Equal((x, y), (state.X, state.Y));
        }

        Assert.True(mobility.Advance(ref state, 0, 0));   // the only journey begins again
        Assert.Equal((80, 200), (state.X, state.Y));
    }

    [Fact]
    public void Journeys_follow_one_another_in_order_of_id_and_time_from_a_drawn_one()
    {
        // Three journeys of one slot each, told apart by where they begin; read as b, a, a.
        var mobility = _folder.LoadRows("b,0,80,0\nb,1,100,0\na,0,0,0\na,1,20,0\na,1000,40,0\na,1001,60,0\n", side: 200).Mobility;
        double[] begins = [40, 80, 120];   // the median, 60, lies at 100
        var seen = new HashSet<int>();

        for (var device = 0; device < 30; device++)
        {
            var journey = RandomStreams.ToIndex(RandomStreams.Uniform(1, device, 0, Purpose.TraceStart), 3);
            seen.Add(journey);
            var state = mobility.Start(device);
            for (var slot = 0; slot < 8; slot += 2)
            {
                Assert.Equal(begins[(journey + slot / 2) % 3], state.X);
                Assert.False(mobility.Advance(ref state, device, slot));
                Assert.True(mobility.Advance(ref state, device, slot + 1));
            }
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void Scaling_space_scales_speeds_and_stretching_time_keeps_them()
    {
        const string Rows = "a,0,0,0\na,10,100,50\n";
        var scaled = _folder.LoadRows(Rows, side: 400, TraceFit.Scale);
        var stretched = _folder.LoadRows(Rows, side: 400, TraceFit.Scale, devices => devices with { TimeScale = 4 });

        var recorded = Math.Sqrt(125);   // 100 m and 50 m in 10 s
        Assert.Equal(4, scaled.Traces!.LengthScale, 1e-9);   // the longer side fills the area, aspect kept
        Assert.Equal(4 * recorded, scaled.Traces.MeanSpeedMetresPerSecond, 1e-9);
        Assert.Equal(recorded, stretched.Traces!.MeanSpeedMetresPerSecond, 1e-9);
        Assert.All([scaled, stretched], report => Assert.Equal(recorded, report.Traces!.RecordedSpeedMetresPerSecond, 1e-9));

        var (fast, slow) = (scaled.Mobility.Start(0), stretched.Mobility.Start(0));
        Assert.Equal((0, 100), (fast.X, fast.Y));
        scaled.Mobility.Advance(ref fast, 0, 0);
        stretched.Mobility.Advance(ref slow, 0, 0);
        Assert.Equal((40, 120), (fast.X, fast.Y));
        Assert.Equal((10, 105), (slow.X, slow.Y));
    }

    [Fact]
    public void The_outermost_fiftieth_does_not_shrink_the_city()
    {
        // 201 points 1 m apart: four of each end lie beyond the fitted box, [4, 196].
        var report = _folder.LoadRows(string.Concat(Enumerable.Range(0, 201).Select(k => $"a,{k},{k},0\n")), side: 192, TraceFit.Scale).Traces!;

        Assert.Equal((1, 8), (report.LengthScale, report.Dropped(TraceDrop.OutsideArea)));
    }

    [Fact]
    public void Cropped_traces_lie_where_they_were_recorded_if_the_area_is_on_real_ground()
    {
        var path = _folder.Write("trace.csv", "id,time,lon,lat\na,0,11.1,46\na,10,11.101,46\n");
        var scenario = new Scenario { Devices = new DevicesSection { Mobility = MobilityKind.Trace, Traces = path, TraceFit = TraceFit.Crop } };
        var state = Mobilities.Create(scenario, new Area(-1000, -1000, 1000, 1000), new GeoProjection(11.1, 46.001)).Mobility.Start(0);

        Assert.Equal((0, -111.195), (Math.Round(state.X, 3), Math.Round(state.Y, 3)));
    }

    [Fact]
    public void Users_walk_past_the_real_sites_that_they_were_recorded_at()
    {
        var sites = _folder.Write("sites.csv", "longitude,latitude\n11.1,46\n11.12,46.01\n");
        var path = _folder.Write("trace.csv", "id,time,lon,lat\na,0,11.12,46.01\na,10,11.121,46.01\n");
        var scenario = new Scenario
        {
            Stations = new StationsSection { Topology = StationLayout.Sites, SitesFile = sites },
            Devices = new DevicesSection { Mobility = MobilityKind.Trace, Traces = path, TraceFit = TraceFit.Crop },
        };

        var topology = Topologies.Create(scenario).Topology;
        var state = Mobilities.Create(scenario, topology).Mobility.Start(0);

        Assert.Equal(topology.X[1], state.X, 0.01);
        Assert.Equal(topology.Y[1], state.Y, 0.01);
    }

    [Fact]
    public void The_speed_that_is_told_is_the_one_that_devices_move_at()
    {
        // An hour at 0.1 m/s, and nine times 30 s at 12 m/s: 0.93 m/s over all journeys' time, but nine in ten devices begin with a fast one.
        var slow = string.Concat(Enumerable.Range(0, 361).Select(k => FormattableString.Invariant($"slow,{10 * k},{100 + k},100\n")));
        var fast = string.Concat(Enumerable.Range(0, 9).Select(of => $"fast{of},0,100,{200 + of}\nfast{of},30,460,{200 + of}\n"));
        var loaded = _folder.LoadRows(slow + fast);
        var journeys = Assert.IsType<RecordedJourneys>(loaded.Mobility);
        var scenario = new Scenario { Slots = 25, Devices = new DevicesSection { Count = 1000 } };

        var slowDevices = Enumerable.Range(0, 1000).Count(device => RandomStreams.ToIndex(RandomStreams.Uniform(1, device, 0, Purpose.TraceStart), 10) == 9);
        Assert.Equal(0.93, loaded.Traces!.MeanSpeedMetresPerSecond, 0.005);
        Assert.Equal((0.1 * slowDevices + 12 * (1000 - slowDevices)) / 1000, JourneyUse.SpeedMetresPerSecond(scenario, journeys), 1e-4);
    }

    [Fact]
    public void Devices_that_move_together_are_counted()
    {
        var journeys = Assert.IsType<RecordedJourneys>(_folder.LoadRows(string.Concat(Enumerable.Range(0, 40).Select(of => $"v{of},0,{50 * of},0\nv{of},30,{50 * of},9\n"))).Mobility);

        var drawn = Enumerable.Range(0, 20).Select(device => RandomStreams.ToIndex(RandomStreams.Uniform(1, device, 0, Purpose.TraceStart), 40)).ToArray();
        var together = drawn.Count(journey => drawn.Count(other => other == journey) > 1);
        Assert.InRange(together, 2, 19);
        Assert.Equal(together, JourneyUse.DevicesTogether(new Scenario { Slots = 1, Devices = new DevicesSection { Count = 20 } }, journeys));
        Assert.Equal(0, JourneyUse.DevicesTogether(new Scenario { Slots = 1, Devices = new DevicesSection { Count = 1 } }, journeys));
    }

    [Fact]
    public void A_jump_between_journeys_makes_nobody_faster()
    {
        var journeys = Assert.IsType<RecordedJourneys>(_folder.LoadRows("a,0,0,0\na,3,30,0\nb,0,5000,0\nb,3,5030,0\n").Mobility);

        Assert.Equal(10, JourneyUse.SpeedMetresPerSecond(new Scenario { Slots = 14, Devices = new DevicesSection { Count = 2 } }, journeys), 1e-3);
    }

    [SkippableTheory]
    [InlineData(TraceFit.Scale)]
    [InlineData(TraceFit.Crop)]
    public void Taxis_of_a_real_city_stay_inside_and_no_faster_than_the_cleaned_recording(TraceFit fit)
    {
        var path = RealData.PathOf("traj-wuxi-taxi", "WX_taxi_100k_with_id_downsample_5x.csv");
        Skip.If(path is null, "the Wuxi taxi traces are not here");
        var (mobility, report) = TraceFolder.Load(path, side: 5000, fit);
        var area = new Area(0, 0, 5000, 5000);

        for (var device = 0; device < 50; device++)
        {
            var state = mobility.Start(device);
            for (var slot = 0; slot < 2000; slot++)
            {
                var (x, y) = (state.X, state.Y);
                Assert.True(area.Contains(x, y));
                if (!mobility.Advance(ref state, device, slot))
                    Assert.True(double.Hypot(state.X - x, state.Y - y) <= 50 * report!.LengthScale + 0.01);
            }
        }
    }
}
