using Diten.Model.BackgroundLoad;
using Diten.Model.Input;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Input;
using Diten.Model.Tests.Mobility;

namespace Diten.Model.Tests.BackgroundLoad;

public class BackgroundLoadsTests
{
    [Fact]
    public void None_is_nothing()
    {
        var load = Create(BackgroundKind.None);
        Assert.Equal((0, 0), (load.Initial(3), load.Next(0.4, 3, 1)));
    }

    [Fact]
    public void A_uniform_load_is_kept_until_it_is_redrawn_from_the_same_block()
    {
        var load = Create(BackgroundKind.Uniform);
        Assert.Equal(0.5 * RandomStreams.Uniform(1, 3, 0, Purpose.Background, 1), load.Initial(3));
        for (var slot = 1; slot < 200; slot++)
        {
            var (redraw, value) = RandomStreams.UniformPair(1, 3, slot, Purpose.Background);
            Assert.Equal(redraw < 0.05 ? 0.5 * value : 0.123, load.Next(0.123, 3, slot));
        }
    }

    [Fact]
    public void A_uniform_load_has_the_ranges_mean_and_changes_in_one_slot_of_twenty()
    {
        var (mean, changes, _) = Follow(Create(BackgroundKind.Uniform), servers: 200, slots: 1000);

        // About 10,000 independent values of deviation 0.144; 200,000 coin throws of 0.05.
        Assert.Equal(0.25, mean, tolerance: 0.008);
        Assert.Equal(0.05, changes, tolerance: 0.002);
    }

    [Fact]
    public void An_autoregressive_load_stays_in_its_range_with_its_mean_and_memory()
    {
        var (mean, _, correlation) = Follow(Create(BackgroundKind.Ar1), servers: 200, slots: 1000);

        Assert.Equal(0.25, mean, tolerance: 0.01);
        Assert.InRange(correlation, 0.90, 0.96);
    }

    [Theory]
    [InlineData(BackgroundKind.Uniform)]
    [InlineData(BackgroundKind.Ar1)]
    public void Some_capacity_is_always_free(BackgroundKind kind)
    {
        var load = BackgroundLoads.Create(new Scenario
        {
            Servers = new ServersSection { Background = kind, BackgroundRange = new(0.999, 0.9999), BackgroundRedrawProbability = 1 },
        });

        Assert.Equal(0.99, load.Initial(0));
        Assert.Equal(0.99, load.Next(0.99, 0, 1));
    }

    [Fact]
    public void A_trace_holds_each_value_until_the_next_over_gaps_and_wraps_round()
    {
        using var file = new TextFile("""
            timestamp,value
            2014-02-14 14:30:00,10
            2014-02-14 14:35:00,20
            2014-02-14 14:35:00,99
            2014-02-14 14:50:00,130
            oops,5
            2014-02-14 14:55:00,
            2014-02-14 14:55:00,40
            """);
        var trace = Assert.Single(Read(file.Path).Machines);

        Assert.Equal((7, 4, 2, 1), (trace.RowsRead, trace.Kept, trace.Unreadable, trace.OutOfOrder));
        // Steps of 300, 900 and 300 s; the last row lasts 300 s.
        Assert.Equal((300, 1800, 1), (trace.StepSeconds, trace.DurationSeconds, trace.Gaps));
        double[] at = [0, 299, 300, 1199, 1200, 1500, 1799, 1800, 2100];
        Assert.Equal([0.1, 0.1, 0.2, 0.2, 1.3, 0.4, 0.4, 0.1, 0.2], at.Select(trace.At));
    }

    [Fact]
    public void Servers_follow_the_traces_in_turn_from_points_drawn_once()
    {
        using var folder = new TraceFolder();
        folder.Write("a.csv", "0,5\n10,15\n");
        folder.Write("b.csv", "0,85\n10,200\n");
        var load = new TraceBackground(1, Read(folder.Path), slotSeconds: 1);

        for (var server = 0; server < 6; server++)
        {
            var offset = RandomStreams.Uniform(1, server, 0, Purpose.Background) * 20;
            double[] values = server % 2 == 0 ? [0.05, 0.15] : [0.85, 0.99];
            Assert.Equal(values[(int)(offset / 10)], load.Initial(server));
            for (var slot = 1; slot < 50; slot++)
                Assert.Equal(values[(int)((offset + slot) % 20 / 10)], load.Next(0, server, slot));
        }
    }

    [Fact]
    public void A_trace_must_be_named_and_hold_something()
    {
        Assert.Throws<ArgumentException>(() => Create(BackgroundKind.Trace));
        using var words = new TextFile("timestamp,value\nyesterday,much\n");
        Assert.Contains("no row", Assert.Throws<InputFileException>(() => Read(words.Path)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_servers_of_the_cloud_are_eleven_traces_with_five_gaps()
    {
        var scenario = new Scenario
        {
            Servers = new ServersSection { Background = BackgroundKind.Trace, BackgroundTraces = RealData.Require("cpu-nab-aws") },
        };
        var load = Assert.IsType<TraceBackground>(BackgroundLoads.Create(scenario));

        Assert.Equal([.. Enumerable.Repeat(4032, 10), 18_050], load.Traces.Machines.Select(trace => trace.Kept));
        Assert.Equal(5, load.Traces.Machines.Sum(trace => trace.Gaps));
        Assert.All(load.Traces.Machines, trace => Assert.Equal((300, 0, 0), (trace.StepSeconds, trace.Unreadable, trace.OutOfOrder)));
        var busy = load.Traces.Machines.Single(trace => trace.File.EndsWith("825cc2.csv", StringComparison.Ordinal));
        // First and last time are 1,209,900 s apart.
        Assert.Equal(1_210_200, busy.DurationSeconds);
        Assert.Equal(0.91958, busy.At(0), tolerance: 1e-12);
        for (var server = 0; server < 22; server++)
            Assert.InRange(load.Initial(server), 0, 0.99);
    }

    private static CpuTraces Read(string path) => CpuTraces.Read(new ServersSection { Background = BackgroundKind.Trace, BackgroundTraces = path });

    private static IBackgroundLoad Create(BackgroundKind kind) =>
        BackgroundLoads.Create(new Scenario { Servers = new ServersSection { Background = kind } });

    private static (double Mean, double Changes, double Correlation) Follow(IBackgroundLoad load, int servers, int slots)
    {
        var (before, after) = (new List<double>(), new List<double>());
        for (var server = 0; server < servers; server++)
        {
            var utilisation = load.Initial(server);
            for (var slot = 1; slot <= slots; slot++)
            {
                before.Add(utilisation);
                utilisation = load.Next(utilisation, server, slot);
                after.Add(utilisation);
                Assert.InRange(utilisation, 0, 0.5);
            }
        }

        return (after.Average(), before.Zip(after).Count(pair => pair.First != pair.Second) / (double)after.Count,
            MathNet.Numerics.Statistics.Correlation.Pearson(before, after));
    }
}
