using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Scenarios.Keys;

/// <summary>Any map of faults is written so that it is read back equal; any broken one is refused, and nothing else happens.</summary>
public sealed class FaultMapProperties
{
    [Property(MaxTest = 300)]
    public void Any_map_is_read_back_equal(int seed)
    {
        var random = new Random(seed);
        var faults = new FaultMap(Enumerable.Range(0, random.Next(6)).Select(i => Any($"f{i}-{random.Next(100)}_", random)));

        var entries = FaultCatalogue.Written(faults).Select(entry => new ScenarioEntry(entry.Key, entry.Value, "test.conf")).ToArray();

        Assert.Equal(new Scenario { Faults = faults }, ScenarioKeys.Read(entries));
    }

    [Property(MaxTest = 500)]
    public void Any_entries_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        string[] texts = ["0", "1", "-3", "0.5", "2", "[1, 2]", "[]", "[2, 1]", "[5]", "5 GHz", "[1 m, 1 km, 2 m]", "[0 m, 0 m, 1 km, 1 km]", "true", "sync", "twins", "servers", "x", "", "]", "[1, 2, 3]", "1e999", "1e-9 W"];
        var entries = new List<ScenarioEntry>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var row = FaultKinds.All[random.Next(FaultKinds.All.Count)];
            entries.Add(new ScenarioEntry($"faults.f{i}.kind", random.Next(8) == 0 ? "none" : row.Name, "test.conf"));
            if (random.Next(6) > 0)
                entries.Add(new ScenarioEntry($"faults.f{i}.{row.WhereKey}", random.Next(8) == 0 ? "air" : row.Where.Split(" = ")[1].Split(" | ")[0], "test.conf"));
            foreach (var key in FaultTable.Keys.Where(key => key.Kinds.Contains(row.Kind) ? random.Next(3) == 0 : random.Next(30) == 0))
                entries.Add(new ScenarioEntry($"faults.f{i}.{key.Name}", texts[random.Next(texts.Length)], "test.conf"));
        }

        try
        {
            var scenario = ScenarioKeys.Read(entries);
            var back = FaultCatalogue.Written(scenario.Faults).Select(entry => new ScenarioEntry(entry.Key, entry.Value, "test.conf")).ToArray();
            Assert.Equal(scenario, ScenarioKeys.Read(back));
        }
        catch (ScenarioException wrong)
        {
            Assert.All(wrong.Errors, error => Assert.True(error.Key.StartsWith("faults") && error.Found.Length > 0 && error.Allowed.Length > 0));
        }
    }

    /// <summary>A fault of any kind with any legal amounts, in a run of 100 slots.</summary>
    private static Fault Any(string name, Random random)
    {
        var row = FaultKinds.All[random.Next(FaultKinds.All.Count)];
        var fault = new Fault { Name = name, Kind = row.Kind, What = row.Strikes[random.Next(row.Strikes.Count)] };
        fault = random.Next(5) switch
        {
            0 => fault,
            1 => fault with { Selection = FaultSelection.Ids, Ids = Some(random, 1000) },
            2 => fault with { Selection = FaultSelection.Share, Share = random.NextDouble() },
            3 => fault with { Selection = FaultSelection.Circle, CircleX = Place(random), CircleY = Place(random), CircleRadius = 1 + random.NextDouble() },
            _ => fault with { Selection = FaultSelection.Rectangle, LowX = -Place(random), LowY = 0, HighX = Place(random), HighY = Place(random) },
        };
        fault = random.Next(row.Kind == FaultKind.Crash ? 1 : 0, 5) switch
        {
            0 => fault,
            1 => fault with { Timing = FaultTiming.Slots, FromSlot = random.Next(100), ToSlot = random.Next(100, 1000) },
            2 => fault with { Timing = FaultTiming.At, At = Some(random, 100) },
            3 => fault with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 3, RenewalLastingSlots = 4, RenewalFromSlot = random.Next(100), RenewalToSlot = random.Next(100, 1000) },
            _ => fault with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 2 + 50 * random.NextDouble(), RenewalLastingSlots = 2 + 50 * random.NextDouble() },
        };
        var (fraction, hertz) = (random.NextDouble(), (random.NextDouble() - 0.5) * 1e10);
        return row.Kind switch
        {
            FaultKind.Limit => fault with { Every = random.Next(1, 50) },
            FaultKind.Drop when random.Next(2) == 0 => fault with { HasBurst = true, BurstStart = fraction, BurstEnd = (1 - fraction) * random.NextDouble() },
            FaultKind.Drop or FaultKind.Corrupt or FaultKind.Duplicate => fault with { Probability = fraction },
            FaultKind.Delay => fault with { DelayLowSlots = random.Next(9), DelayHighSlots = random.Next(9, 1001), Stay = random.Next(2) * fraction },
            FaultKind.Crash => fault with { Durable = random.Next(2) == 0 },
            FaultKind.Bias or FaultKind.Drift => fault with { AmountHertz = hertz },
            FaultKind.Noise => fault with { AmountHertz = Math.Abs(hertz) },
            FaultKind.Lie => fault with { Factor = fraction + 1e-9, HidesTasks = random.Next(2) == 0 },
            FaultKind.Slow => fault with { Factor = fraction + 1e-9 },
            FaultKind.ClockSkew => fault with { SkewSlots = random.Next(-1000, 1001) },
            FaultKind.Jam => fault with { PowerWatts = fraction * 1e-9 },
            _ => fault,
        };
    }

    private static double Place(Random random) => 1 + random.NextDouble() * 5000;

    private static WholeNumbers Some(Random random, int below) => new(Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(below)));
}
