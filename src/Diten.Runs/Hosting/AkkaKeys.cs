using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Remote;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;

namespace Diten.Runs.Hosting;

/// <summary>
/// Holds a user's values of Akka's keys against those that Akka itself has there: what has another type, or names a class that is not
/// there, would end the process with a stack trace, or an actor long after the start.
/// </summary>
internal static partial class AkkaKeys
{
    private static readonly Lazy<Config> Reference = new(() =>
        ConfigurationFactory.Default()
            .WithFallback(ConfigurationFactory.FromResource<RemoteActorRefProvider>("Akka.Remote.Configuration.Remote.conf"))
            .WithFallback(ConfigurationFactory.FromResource<Cluster>("Akka.Cluster.Configuration.Cluster.conf"))
            .WithFallback(ClusterSingleton.DefaultConfig())
            .WithFallback(SqlPersistence.DefaultConfiguration)
            .WithFallback(Persistence.DefaultConfig()));

    /// <summary>Keys whose value is one of some words, which the reference's own value does not tell.</summary>
    private static readonly (string Key, string[] Words)[] Worded =
    [
        ("akka.loglevel", ["OFF", "ERROR", "WARNING", "INFO", "DEBUG"]),
        ("akka.stdout-loglevel", ["OFF", "ERROR", "WARNING", "INFO", "DEBUG"]),
        ("akka.cluster.split-brain-resolver.active-strategy", ["keep-majority", "keep-oldest", "keep-referee", "static-quorum", "down-all", "lease-majority"]),
    ];

    /// <summary>Keys of Akka that hold a list of classes.</summary>
    private static readonly string[] ClassLists = ["akka.loggers", "akka.extensions"];

    /// <summary>What is wrong with a value of a key under <c>akka</c>; null where nothing is, or nobody can know before Akka reads it.</summary>
    /// <param name="entry">The value, as it was written.</param>
    /// <param name="settings">The file that it comes from, as Akka reads it.</param>
    public static ScenarioError? Mistake(ScenarioEntry entry, Config settings)
    {
        var (key, text) = (entry.Key, entry.Text);
        if (Array.Find(Worded, words => words.Key == key) is { Words: { } words })
            return words.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : Error($"'{text}'", string.Join(", ", words), Suggestion.For(text, words));
        if (ClassLists.Contains(key))
            return settings.GetStringList(key).FirstOrDefault(name => !IsClass(name)) is { } missing ? NoClass(missing) : null;
        if (key.StartsWith("akka.actor.serializers.", StringComparison.Ordinal))
            return IsClass(text) ? null : NoClass(text);
        if (Usual(key) is not { } usual)
            return null;
        if (usual.IsObject())
            return Error($"'{text}', where keys belong", $"{key} {{ … }}, with keys such as {usual.GetObject().Items.Keys.First()}", null);
        if (usual.IsArray())
            return null;
        var expected = HoconText(usual);
        if (ClassName().IsMatch(expected))
            return IsClass(text) ? null : NoClass(text);
        return Type(expected) is not { } type || type.Holds(text) ? null : Error($"'{text}'", $"{type.Allowed}, such as Akka's own {expected}", null);

        ScenarioError NoClass(string name) => Error($"'{name}'", "the name of a class that is there, such as \"Namespace.Class, Assembly\"", null);

        ScenarioError Error(string found, string allowed, string? suggestion) => new(entry.File, key, found, allowed, suggestion) { Line = entry.Line };
    }

    /// <summary>What Akka has at a key; null where it has nothing.</summary>
    private static HoconValue? Usual(string key) => Reference.Value.HasPath(key) ? Reference.Value.GetValue(key) : null;

    private static string HoconText(HoconValue value) => Scenarios.HoconReader.Text(value);

    private static bool IsClass(string name)
    {
        try
        {
            return System.Type.GetType(name, throwOnError: false) is not null || typeof(Akka.Actor.ActorSystem).Assembly.GetType(name) is not null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or TypeLoadException or IOException or BadImageFormatException)
        {
            return false; // no name of a class, or of an assembly that cannot be read
        }
    }

    /// <summary>The type of a value that Akka has; null where it can be any text.</summary>
    private static (string Allowed, Func<string, bool> Holds)? Type(string usual)
    {
        if (usual == "off") // some of these keys also take a time or a size
            return ("on, off, a time or a size", text => IsSwitch(text) || IsDuration(text, 0) || Size().IsMatch(text));
        if (IsSwitch(usual))
            return ("on or off", IsSwitch);
        if (IsNumber(usual, double.NegativeInfinity))
            return ("a number", text => IsNumber(text, Least(usual)) || IsSwitch(text));
        if (Size().IsMatch(usual))
            return ("a size in bytes", text => Size().IsMatch(text) || text == "off");
        if (IsDuration(usual, double.NegativeInfinity))
            return (usual[0] is '0' or 'i' ? "a time" : "a time above 0", text => IsDuration(text, Least(usual)) || text == "off");
        return null;
    }

    /// <summary>Below what a value makes no sense where Akka's own is positive: no timer runs every 0 seconds.</summary>
    private static double Least(string usual) => usual[0] is >= '1' and <= '9' && !IsNumber(usual, 0) ? double.Epsilon : usual[0] == '-' ? double.NegativeInfinity : 0;

    private static bool IsSwitch(string text) => text is "on" or "off" or "true" or "false" or "yes" or "no";

    private static bool IsNumber(string text, double least) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least;

    private static bool IsDuration(string text, double least) =>
        text == "infinite" || IsNumber(text, least)
        || Duration().Match(text) is { Success: true } match && IsNumber(match.Groups[1].Value, least);

    [GeneratedRegex(@"^(-?\d+(?:\.\d+)?)\s*(ns|nanos?|nanoseconds?|us|micros?|microseconds?|ms|millis?|milliseconds?|s|seconds?|m|minutes?|h|hours?|d|days?)$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^\d+(\.\d+)?\s*([kKMGTPEZY]i?)?[bB]?$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^[\w.+`\[\]]+\.[\w.+`\[\]]+\s*,\s*[\w.]+$")]
    private static partial Regex ClassName();
}
