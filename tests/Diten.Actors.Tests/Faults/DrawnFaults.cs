using System.Globalization;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Faults;

/// <summary>
/// Faults and worlds drawn at random: each a function of one number, so that what fails is repeated by its numbers. The tests that run them on
/// processes have this file, too.
/// </summary>
internal static class DrawnFaults
{
    /// <summary>Slots in which faults may be in force; after them all is well.</summary>
    public const int StormSlots = 24;

    /// <summary>Slots of a run: the storm, and time to recover.</summary>
    public const int Slots = 48;

    private static readonly (FaultKind Kind, FaultWhat[] What)[] Kinds =
    [
        (FaultKind.Cut, Links), (FaultKind.Limit, Links), (FaultKind.Drop, Links), (FaultKind.Corrupt, Links), (FaultKind.Delay, Links),
        (FaultKind.Duplicate, Links), (FaultKind.Freeze, [FaultWhat.Twins]), (FaultKind.Crash, [FaultWhat.Twins]),
        (FaultKind.Bias, [FaultWhat.Twins]), (FaultKind.Drift, [FaultWhat.Twins]), (FaultKind.Noise, [FaultWhat.Twins]),
        (FaultKind.Lie, [FaultWhat.Twins]), (FaultKind.ClockSkew, [FaultWhat.Twins]), (FaultKind.Down, [FaultWhat.Servers, FaultWhat.Stations]),
        (FaultKind.Slow, [FaultWhat.Servers, FaultWhat.Backhaul]), (FaultKind.LoseQueue, [FaultWhat.Servers]), (FaultKind.Jam, [FaultWhat.Radio]),
    ];

    /// <summary>1 km² of 25 stations, whose devices are fast: hand-overs, migrations, journeys that end.</summary>
    private static readonly Scenario Town = new()
    {
        Slots = Slots,
        AreaSideMetres = 800,
        Devices = new DevicesSection { Count = 60, SpeedMetresPerSecond = 40, JourneySlots = 9 },
    };

    /// <summary>The numbers of the one map that <c>DITEN_FAULT_MAP</c> asks for; null = any.</summary>
    public static int[]? Asked { get; } = Environment.GetEnvironmentVariable("DITEN_FAULT_MAP") is { Length: > 0 } numbers
        ? [.. numbers.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]
        : null;

    private static FaultWhat[] Links => [FaultWhat.Sync, FaultWhat.Request, FaultWhat.Report, FaultWhat.Estimate];

    /// <summary>A small city with the faults of these numbers; the first number, where there is one, draws how twins and stations deal with them.</summary>
    public static Scenario City(IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0)
            return Town;
        var random = new Random(numbers[0]);
        var sharing = Any<CpuSharing>(random);
        return Town with
        {
            Seed = (ulong)random.Next(),
            Servers = Town.Servers with { Sharing = sharing },
            Decisions = Town.Decisions with
            {
                Rounds = random.Next(1, 5),
                Answers = Any<AnswerUse>(random),
                OnDesync = Any<DesyncResponse>(random),
                QueryFaults = random.Next(2) == 0,
                Trust = Any<TwinTrust>(random),
                ReportedShare = random.Next(3) / 2.0,
            },
            Twins = Town.Twins with
            {
                DeviationSource = Any<DeviationSource>(random),
                Estimator = Any<TwinEstimator>(random),
                Load = Any<TwinLoad>(random),
                Exact = Any<TwinExact>(random),
                Sync = Any<TwinSync>(random),
                Resync = Any<TwinResync>(random),
                Send = Any<TwinSend>(random),
                SendEverySlots = random.Next(1, 5),
                HeartbeatSlots = random.Next(1, 8),
            },
            Faults = new FaultMap(numbers.Select((number, at) => Of($"f{at}", new Random(number)))),
        };
    }

    /// <summary>What a person would write to have the same.</summary>
    /// <param name="test">Project and filter of the test.</param>
    public static string Command(IReadOnlyList<int> numbers, string test = "tests/Diten.Actors.Tests -c Release --filter RandomFaults") =>
        $"DITEN_FAULT_MAP={string.Join(',', numbers)} dotnet test {test}";

    /// <summary>The world and its faults, to be read.</summary>
    public static string Describe(IReadOnlyList<int> numbers)
    {
        var city = City(numbers);
        return string.Join('\n', [$"{city.Servers.Sharing}", $"{city.Decisions}", $"{city.Twins}", .. city.Faults.All.Select(fault => fault.ToString())]);
    }

    private static Fault Of(string name, Random random)
    {
        var (kind, what) = Kinds[random.Next(Kinds.Length)];
        var from = random.Next(StormSlots - 1);
        var low = random.Next(0, 3);
        var fault = new Fault
        {
            Name = name,
            Kind = kind,
            What = what[random.Next(what.Length)],
            Probability = random.NextDouble(),
            HasBurst = kind == FaultKind.Drop && random.Next(2) == 0,
            BurstStart = random.NextDouble() / 2,
            BurstEnd = random.NextDouble() / 2,
            DelayLowSlots = low,
            DelayHighSlots = low + random.Next(0, 4),
            Stay = random.Next(2) * random.NextDouble() * 0.7,
            Every = random.Next(1, 6),
            AmountHertz = (random.NextDouble() - (kind == FaultKind.Noise ? 0 : 0.5)) * 8e9,
            Factor = 0.2 + 2 * random.NextDouble(),
            SkewSlots = random.Next(-3, 4),
            PowerWatts = 1e-9 * random.NextDouble(),
            Durable = random.Next(2) == 0,
            Timing = FaultTiming.Slots,
            FromSlot = from,
            ToSlot = random.Next(from + 1, StormSlots),
        };
        if (random.Next(3) == 0)
            fault = fault with { Timing = FaultTiming.At, At = new WholeNumbers(Enumerable.Range(0, 6).Select(_ => random.Next(StormSlots))) };
        return random.Next(4) switch
        {
            0 => fault with { Selection = FaultSelection.Ids, Ids = new WholeNumbers([random.Next(25), random.Next(25), random.Next(25)]) },
            1 => fault with { Selection = FaultSelection.Share, Share = random.NextDouble() },
            2 => fault with { Selection = FaultSelection.Circle, CircleX = 800 * random.NextDouble(), CircleY = 800 * random.NextDouble(), CircleRadius = 300 },
            _ => fault,
        };
    }

    private static T Any<T>(Random random)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }
}
