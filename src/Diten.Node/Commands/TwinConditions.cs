using System.Globalization;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>How a twin stood to its server over time, and which faults were in force there.</summary>
internal static class TwinConditions
{
    private const int MostRows = 30;

    /// <summary>A row for each stretch of slots in which neither condition nor faults change; the first ones of many.</summary>
    public static Table Table(World world, int server, IReadOnlyList<TwinSlot> slots)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("slots", "condition", "largest age", "faults in force");
        var stretches = Stretches(world, server, slots);
        foreach (var (from, to, condition, age, faults) in stretches.Take(MostRows))
            table.AddRow(
                from == to ? FormattableString.Invariant($"{from}") : FormattableString.Invariant($"{from} to {to}"), Word(condition), age.ToString(CultureInfo.InvariantCulture), Markup.Escape(faults));
        if (stretches.Count > MostRows)
            table.AddRow("…", string.Create(CultureInfo.InvariantCulture, $"and {stretches.Count - MostRows} more:"), "", "--json tells every slot");
        return table;
    }

    /// <summary>What a condition is called in tables.</summary>
    public static string Word(TwinCondition condition) => condition switch
    {
        TwinCondition.InSync => "in-sync",
        TwinCondition.Suspect => "suspect",
        TwinCondition.Desynchronised => "desynchronised",
        _ => "resynchronising",
    };

    /// <summary>The faults at a server in a slot, for people.</summary>
    public static string FaultsAt(World world, int server, int slot) =>
        string.Join(", ", FaultWindows.InForceAt(world.Faults, server, slot).Select(fault => FaultWords.Of(fault.Fault))) is { Length: > 0 } names ? names : "none";

    private static List<(int From, int To, TwinCondition Condition, int Age, string Faults)> Stretches(World world, int server, IReadOnlyList<TwinSlot> slots)
    {
        var stretches = new List<(int From, int To, TwinCondition Condition, int Age, string Faults)>();
        foreach (var slot in slots)
        {
            var (condition, age, faults) = (slot.Believed.Condition, slot.Believed.AgeSlots, FaultsAt(world, server, slot.Slot));
            if (stretches.Count > 0 && stretches[^1] is var last && (last.Condition, last.Faults) == (condition, faults))
                stretches[^1] = last with { To = slot.Slot, Age = Math.Max(last.Age, age) };
            else
                stretches.Add((slot.Slot, slot.Slot, condition, age, faults));
        }

        return stretches;
    }
}
