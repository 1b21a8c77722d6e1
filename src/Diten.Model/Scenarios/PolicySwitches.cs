using System.Text.Encodings.Web;
using System.Text.Json;

namespace Diten.Model.Scenarios;

/// <summary>From a slot on another policy decides (<c>policy.switches</c>).</summary>
/// <param name="Slot">The first slot in which it decides; at least 0.</param>
/// <param name="Name">As in <c>policy.name</c>.</param>
/// <param name="File">As in <c>policy.file</c>; null = none.</param>
public sealed record PolicySwitch(int Slot, string Name, string? File = null);

/// <summary>The switches of a scenario, in the order of their slots. Immutable; equal where the switches are.</summary>
public sealed class PolicySwitches : IEquatable<PolicySwitches>
{
    /// <summary>Switches of a scenario, at most.</summary>
    public const int Most = 1000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PolicySwitch[] _all;

    /// <param name="switches">Their slots go up.</param>
    /// <exception cref="ArgumentException">They do not, or there are too many.</exception>
    public PolicySwitches(IEnumerable<PolicySwitch> switches)
    {
        _all = [.. switches];
        if (Problem(_all) is { } problem)
            throw new ArgumentException(problem, nameof(switches));
    }

    /// <summary>No switch.</summary>
    public static PolicySwitches None { get; } = new([]);

    /// <summary>In the order of their slots.</summary>
    public IReadOnlyList<PolicySwitch> All => _all;

    /// <summary>The same, and one more, after all others.</summary>
    /// <exception cref="ArgumentException">Its slot is not after theirs.</exception>
    public PolicySwitches With(PolicySwitch more) => new([.. _all, more]);

    /// <summary>The same with other names of files.</summary>
    public PolicySwitches WithFiles(Func<string, string> name) => new(_all.Select(one => one.File is { } file ? one with { File = name(file) } : one));

    /// <summary>Reads a list of objects with <c>slot</c>, <c>name</c> and, where there is one, <c>file</c>, as JSON; nothing at all is no switch.</summary>
    /// <param name="problem">What is wrong, in a few words, where the answer is false.</param>
    public static bool TryParse(string text, out PolicySwitches value, out string problem)
    {
        (value, problem) = (None, "no list of { slot, name, file }");
        if (text.Length == 0)
            return true;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return false;
            var switches = new List<PolicySwitch>();
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (Read(element, switches.Count + 1, out problem) is not { } read)
                    return false;
                switches.Add(read);
            }

            problem = Problem(switches) ?? "";
            if (problem.Length > 0)
                return false;
            value = new PolicySwitches(switches);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>As JSON, which <see cref="TryParse"/> reads back.</summary>
    public override string ToString() => $"[{string.Join(", ", _all.Select(Text))}]";

    /// <inheritdoc/>
    public bool Equals(PolicySwitches? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PolicySwitches);

    /// <inheritdoc/>
    public override int GetHashCode() => _all.Aggregate(_all.Length, HashCode.Combine);

    private static string? Problem(IReadOnlyList<PolicySwitch> switches)
    {
        if (switches.Count > Most)
            return FormattableString.Invariant($"{switches.Count} switches; at most {Most}");
        for (var i = 1; i < switches.Count; i++)
            if (switches[i].Slot <= switches[i - 1].Slot)
                return FormattableString.Invariant($"slot {switches[i].Slot} after slot {switches[i - 1].Slot}: slots have to go up");
        return null;
    }

    private static string Text(PolicySwitch one)
    {
        var file = one.File is null ? "" : $", \"file\": {JsonSerializer.Serialize(one.File, Json)}";
        return FormattableString.Invariant($"{{ \"slot\": {one.Slot}, \"name\": {JsonSerializer.Serialize(one.Name, Json)}{file} }}");
    }

    private static PolicySwitch? Read(JsonElement element, int number, out string problem)
    {
        problem = FormattableString.Invariant($"switch {number} is no {{ slot, name, file }}");
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var (slot, name, file) = (-1, "", (string?)null);
        foreach (var property in element.EnumerateObject())
        {
            var text = property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            switch (property.Name)
            {
                case "slot" when int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out slot):
                    break;
                case "slot":
                    problem = FormattableString.Invariant($"switch {number}: slot {text} is no whole number from 0");
                    return null;
                case "name":
                    name = text;
                    break;
                case "file":
                    file = text.Length == 0 ? null : text;
                    break;
                default:
                    problem = FormattableString.Invariant($"switch {number} has an unknown key '{property.Name}'");
                    return null;
            }
        }

        problem = FormattableString.Invariant($"switch {number} has no {(slot < 0 ? "slot" : "name")}");
        return slot < 0 || name.Length == 0 ? null : new PolicySwitch(slot, name, file);
    }
}
