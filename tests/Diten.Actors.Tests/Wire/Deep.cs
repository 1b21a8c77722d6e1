using System.Collections;
using System.Reflection;
using Akka.Actor;
using Diten.Actors.Wire;
using Diten.Model.Statistics;

namespace Diten.Actors.Tests.Wire;

/// <summary>Compares messages by all that is in them, doubles by their bits.</summary>
internal static class Deep
{
    /// <summary>Fails where two messages are not the same.</summary>
    public static void Equal(object? expected, object? actual) => Assert.Null(Difference(expected, actual, ""));

    private static string? Difference(object? expected, object? actual, string path) => (expected, actual) switch
    {
        (null, null) => null,
        (null, _) or (_, null) => $"{path}: {expected ?? "null"} became {actual ?? "null"}",
        (Exception e, RemoteException a) =>
            Difference((e.GetType().FullName, e.Message), (a.OriginalType, a.Message), path),
        _ when expected.GetType() is var type && (type.IsPrimitive || type.IsEnum || expected is string or IActorRef or Type) =>
            Same(expected, actual) ? null : $"{path}: {expected} became {actual}",
        (ZoneExchange e, ZoneExchange a) =>
            Difference(Grouped(e.Mails), Grouped(a.Mails), path + ".Mails") ?? Members(e, a, path, "Mails"),
        (LatencyHistogram e, LatencyHistogram a) => Difference(e.Bins().ToArray(), a.Bins().ToArray(), path),
        (IEnumerable e, IEnumerable a) => Items([.. e.Cast<object?>()], [.. a.Cast<object?>()], path),
        _ when expected.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>) =>
            Difference(type.GetMethod("ToArray")!.Invoke(expected, null), type.GetMethod("ToArray")!.Invoke(actual, null), path),
        _ => expected.GetType() == actual.GetType() ? Members(expected, actual, path) : $"{path}: {expected.GetType()} became {actual.GetType()}",
    };

    /// <summary>Mails of one type to receivers of one kind keep their order, others need not.</summary>
    private static ZoneMail[] Grouped(IReadOnlyList<ZoneMail> mails)
    {
        var types = ExchangeCodec.MailTypes.ToList();
        return [.. mails.OrderBy(mail => types.IndexOf(mail.Message.GetType())).ThenBy(mail => mail.Kind)]; // a stable sort
    }

    private static bool Same(object expected, object actual) =>
        expected is double e && actual is double a
            ? BitConverter.DoubleToInt64Bits(e) == BitConverter.DoubleToInt64Bits(a)
            : expected.Equals(actual);

    private static string? Items(object?[] expected, object?[] actual, string path) =>
        expected.Length != actual.Length
            ? $"{path}: {expected.Length} items became {actual.Length}"
            : expected.Select((item, i) => Difference(item, actual[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);

    private static string? Members(object expected, object actual, string path, string? but = null)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        var type = expected.GetType();
        return type.GetFields(flags).Select(f => Difference(f.GetValue(expected), f.GetValue(actual), $"{path}.{f.Name}"))
            .Concat(type.GetProperties(flags).Where(p => p.Name != but && p.GetIndexParameters().Length == 0)
                .Select(p => Difference(p.GetValue(expected), p.GetValue(actual), $"{path}.{p.Name}")))
            .FirstOrDefault(d => d is not null);
    }
}
