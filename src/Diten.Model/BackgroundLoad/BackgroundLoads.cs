using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.BackgroundLoad;

/// <summary>The background loads that a scenario can ask for (model.md §1, Server).</summary>
public static class BackgroundLoads
{
    /// <summary>Largest utilisation: some capacity is always free.</summary>
    public const double Maximum = 0.99;

    /// <summary>The background load of a scenario.</summary>
    /// <exception cref="Input.InputFileException">A trace is missing or not understood.</exception>
    /// <exception cref="ArgumentException">Traces are wanted, and none are named.</exception>
    public static IBackgroundLoad Create(Scenario scenario)
    {
        var servers = scenario.Servers;
        return servers.Background switch
        {
            BackgroundKind.None => new NoBackground(),
            BackgroundKind.Uniform => new UniformBackground(scenario.Seed, servers.BackgroundRange, servers.BackgroundRedrawProbability),
            BackgroundKind.Ar1 => new Ar1Background(scenario.Seed, servers.BackgroundRange, servers.BackgroundCorrelation),
            BackgroundKind.Trace => new TraceBackground(scenario.Seed, CpuTraces.Read(servers), scenario.SlotLengthSeconds),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), servers.Background, "Unknown background load."),
        };
    }

    internal static double Clamp(double utilisation) => Math.Clamp(utilisation, 0, Maximum);

    private sealed class NoBackground : IBackgroundLoad
    {
        public double Initial(int server) => 0;

        public double Next(double previous, int server, int slot) => 0;
    }

    /// <summary>Uniform in a range, and kept until it is redrawn, with the same probability in each slot.</summary>
    private sealed class UniformBackground(ulong seed, Interval range, double redrawProbability) : IBackgroundLoad
    {
        public double Initial(int server) => Clamp(range.At(RandomStreams.Uniform(seed, server, 0, Purpose.Background, 1)));

        public double Next(double previous, int server, int slot)
        {
            var (redraw, value) = RandomStreams.UniformPair(seed, server, slot, Purpose.Background);
            return redraw < redrawProbability ? Clamp(range.At(value)) : previous;
        }
    }

    /// <summary>
    /// x' = m + ρ (x − m) + σ √(1 − ρ²) n with standard normal n; m and σ are those of a uniform draw of the range, to whose ends
    /// x is clamped in every slot (so its deviation comes out somewhat below σ).
    /// </summary>
    private sealed class Ar1Background(ulong seed, Interval range, double correlation) : IBackgroundLoad
    {
        private readonly double _deviation = (range.High - range.Low) / Math.Sqrt(12);
        private readonly double _innovation = (range.High - range.Low) / Math.Sqrt(12) * Math.Sqrt(1 - correlation * correlation);

        public double Initial(int server) => Within(range.Mean + _deviation * RandomStreams.Normal(seed, server, 0, Purpose.Background));

        public double Next(double previous, int server, int slot) => Within(range.Mean + correlation * (previous - range.Mean)
            + _innovation * RandomStreams.Normal(seed, server, slot, Purpose.Background));

        private double Within(double utilisation) => Clamp(Math.Clamp(utilisation, range.Low, range.High));
    }
}
