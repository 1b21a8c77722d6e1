using System.Reflection;
using Akka.Actor;
using Diten.Actors.Wire;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;
using Diten.Model.SystemTwin;
using Google.Protobuf;

namespace Diten.Actors.Tests.Wire;

/// <summary>Makes messages of any type with content at random, extreme values among it; the same for the same seed.</summary>
internal sealed class Arbitrary(int seed, IReadOnlyList<IActorRef> actors)
{
    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, double.NaN, BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_DEAD_BEEF)), double.PositiveInfinity,
        double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 0.1,
    ];

    private static readonly string[] Strings = ["", "a", "Grüße aus 北京", "slot 3, phase Decide (round 1)", "\"quoted\"\n\t{ }", "𝒟^s"];

    private static readonly Type[] TwinEvents =
        [typeof(TwinSynchronized), typeof(TwinDesynchronized), typeof(TwinResynchronized), typeof(TwinCounted), typeof(TruthShown), typeof(TwinForgot)];

    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();

    public object Of(Type type)
    {
        if (type == typeof(int))
            return Int();
        if (type == typeof(long))
            return _random.Next(3) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : Int();
        if (type == typeof(ulong))
            return unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue));
        if (type == typeof(double))
            return _random.Next(2) == 0 ? Doubles[_random.Next(Doubles.Length)] : BitConverter.Int64BitsToDouble(_random.NextInt64());
        if (type == typeof(float))
            return _random.Next(2) == 0 ? (float)Doubles[_random.Next(Doubles.Length)] : BitConverter.Int32BitsToSingle(_random.Next());
        if (type == typeof((long, long)))
            return ((long)Of(typeof(long)), (long)Of(typeof(long)));
        if (type == typeof(bool))
            return _random.Next(2) == 0;
        if (type == typeof(byte))
            return (byte)_random.Next(256);
        if (type == typeof(string))
            return Strings[_random.Next(Strings.Length)];
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!;
        if (type.IsArray)
            return List(type.GetElementType()!, distinct: false);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value);
        if (type.IsGenericType)
            return Generic(type);
        return Special(type) ?? Composite(type);
    }

    /// <summary>A message for an entity of another zone.</summary>
    public ZoneMail Mail()
    {
        var message = Of(ExchangeCodec.MailTypes[_random.Next(ExchangeCodec.MailTypes.Count)]);
        return message switch
        {
            TwinEstimate => new(EntityKind.Station, Int(), message),
            SubmitTasks m => new(EntityKind.Server, m.Server, m),
            TasksExecuted m => new(EntityKind.Station, m.Station, m),
            MigrateServices m => new(EntityKind.Server, m.Server, m),
            InterferenceSums m => new(EntityKind.Station, m.To, m),
            ReportPlacements m => new(_random.Next(2) == 0 ? EntityKind.Twin : EntityKind.Server, m.Server, m),
            SynchronizeTwin m => new(EntityKind.Twin, m.Server, m),
            ShowTruth m => new(EntityKind.Twin, m.Server, m),
            ResyncRequested m => new(EntityKind.Server, m.Server, m),
            ResyncHeard m => new(EntityKind.Server, m.Server, m),
            CountPresence m => new(EntityKind.Server, m.Server, m),
            ServerMeasured or ServerAnswer => new(EntityKind.Station, Int(), message),
            _ => throw new InvalidOperationException($"Say here whom a {message.GetType().Name} is for."),
        };
    }

    private int Int() => _random.Next(8) switch
    {
        0 => int.MinValue,
        1 => int.MaxValue,
        2 => -1,
        3 => 0,
        _ => _random.Next(1000),
    };

    private object Generic(Type type)
    {
        var element = type.GetGenericArguments()[0];
        if (type.GetGenericTypeDefinition() == typeof(InTransit<>))
            return Activator.CreateInstance(type, Int(), Int(), Int(), Int(), Of(typeof(bool)), Of(typeof(bool)), Of(element))!;
        var items = List(element, distinct: true);
        return type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>)
            ? Activator.CreateInstance(type, items)!
            : items;
    }

    private Array List(Type element, bool distinct)
    {
        var items = Array.CreateInstance(element, _random.Next(4) == 0 ? 0 : _random.Next(12));
        var constant = !distinct && items.Length > 0 && _random.Next(3) == 0 ? Of(element) : null; // columns of equal values too
        for (var i = 0; i < items.Length; i++)
            items.SetValue(constant ?? Of(element), i);
        return items;
    }

    private object? Special(Type type)
    {
        if (type == typeof(IActorRef))
            return actors[_random.Next(actors.Count)];
        if (type == typeof(Exception))
            return new InvalidOperationException(Strings[_random.Next(Strings.Length)]);
        if (type == typeof(ByteString))
            return ByteString.CopyFrom((byte[])Of(typeof(byte[])));
        if (type == typeof(TwinEvent))
            return Of(TwinEvents[_random.Next(TwinEvents.Length)]);
        if (type == typeof(ZoneMail))
            return Mail();
        if (type == typeof(DecisionRows))
            return Decisions(_random.Next(12));
        if (type == typeof(DenseLayer))
            return Layer(_random.Next(5), _random.Next(5));
        if (type == typeof(Episode))
            return Episode(_random.Next(5), _random.Next(4));
        if (type == typeof(SavedEpisodes))
            return Episodes(_random.Next(4));
        if (type == typeof(RecordedSlot))
            return Recorded(_random.Next(5));
        if (type == typeof(FaultCounts))
            return Counts(_random.Next(5));
        if (type != typeof(LatencyHistogram))
            return null;
        var histogram = new LatencyHistogram();
        for (var i = _random.Next(30); i > 0; i--)
            histogram.Record([LatencyHistogram.BinOf(_random.NextDouble() * 5000)]);
        return histogram;
    }

    private FaultCounts Counts(int faults) => new(Some<long>(faults), Some<long>(faults));

    private DecisionRows Decisions(int rows) => new(
        Some<int>(rows), Some<int>(rows), Some<int>(rows), Some<float>(rows), Some<float>(rows), Some<bool>(rows), (float[])Of(typeof(float[])));

    private DenseLayer Layer(int inputs, int outputs) => new(inputs, outputs, Some<float>(inputs * outputs), Some<float>(outputs));

    private Episode Episode(int rows, int width) => new()
    {
        Device = Int(),
        FirstSlot = Int(),
        StateWidth = width,
        States = Some<float>(rows * width),
        CandidateCounts = Some<int>(rows),
        Actions = Some<int>(rows),
        Probabilities = Some<float>(rows),
        Versions = Some<int>(rows),
        Rewards = Some<float>(rows),
        End = (TransitionEnd)Of(typeof(TransitionEnd)),
        NextState = (float[])Of(typeof(float[])),
        NextCandidateCount = Int(),
    };

    private SavedEpisodes Episodes(int begun) => new(
        Int(), Some<Episode>(begun), Some<JourneyReward>(begun), (Episode[])Of(typeof(Episode[])), (JourneyReward[])Of(typeof(JourneyReward[])));

    private RecordedSlot Recorded(int servers) => new()
    {
        Slot = Int(),
        FreeHertz = Some<double>(servers),
        DeviationHertz = Some<double>(servers),
        TasksOfOthers = Some<int>(servers),
        Devices = (DeviceSighting[])Of(typeof(DeviceSighting[])),
    };

    private T[] Some<T>(int count) => [.. Enumerable.Range(0, count).Select(_ => (T)Of(typeof(T)))];

    private object Composite(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor?.GetParameters() is { Length: > 0 } parameters)
        {
            var made = constructor.Invoke([.. parameters.Select(p => Of(p.ParameterType, _nullability.Create(p).ReadState))]);
            foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && parameters.All(q => q.Name != p.Name)))
                property.SetValue(made, Of(property.PropertyType, _nullability.Create(property).ReadState));
            return made;
        }

        var value = Activator.CreateInstance(type)!;
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            field.SetValue(value, Of(field.FieldType));
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
            property.SetValue(value, Of(property.PropertyType));
        return value;
    }

    private object? Of(Type type, NullabilityState state) => state == NullabilityState.Nullable && _random.Next(3) == 0 ? null : Of(type);
}
