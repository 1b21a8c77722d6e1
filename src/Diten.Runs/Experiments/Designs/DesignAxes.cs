using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Scenarios;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Experiments.Designs;

/// <summary>Reads what an experiment varies.</summary>
internal static class DesignAxes
{
    private const string Allowed = "key = [a, b], or levels { NAME { key = value } }";

    /// <summary>
    /// Reads an axis: keys with lists of values, the first of all keys making the first level and so on; or <c>levels</c>, each with a name and with
    /// what it changes.
    /// </summary>
    /// <param name="keep">Names of levels, where not all are wanted; null = all.</param>
    public static Axis Read(string name, DesignFields fields, IReadOnlyList<string>? keep)
    {
        var label = fields.Text("label");
        var levels = fields.Optional("levels") is { } named ? Named(named) : Listed(name, fields);
        fields.Close();
        if (levels.Count == 0)
            fields.Refuse("", "no level", Allowed);
        foreach (var twice in levels.GroupBy(level => level.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            fields.Refuse("", $"'{twice.Key}' twice", "levels of different names");
        if (keep is null)
            return Labelled(levels);
        foreach (var unknown in keep.Except(levels.Select(level => level.Name)))
            fields.Refuse("", $"no level '{unknown}', which quick.keep names", string.Join(", ", levels.Select(level => level.Name)), Suggestion.For(unknown, levels.Select(level => level.Name)));
        return Labelled([.. levels.Where(level => keep.Contains(level.Name))]);

        Axis Labelled(IReadOnlyList<Level> all) => label is null ? new Axis(name, all) : new Axis(name, all) { Label = label };
    }

    /// <summary>What an object changes in a scenario; files count from the folder of the file that names them.</summary>
    public static IReadOnlyList<Change> Changes(DesignFields fields) => [.. fields.Leaves().Select(leaf => ChangeOf(leaf.Key, leaf.Value))];

    private static IReadOnlyList<Level> Named(DesignFields named)
    {
        var levels = new List<Level>();
        foreach (var name in named.Names)
            if (named.Optional(name) is { } changes)
                levels.Add(new Level(name, Changes(changes)));
        return levels;
    }

    private static IReadOnlyList<Level> Listed(string name, DesignFields fields)
    {
        var keys = new List<(string Key, HoconList Values)>();
        foreach (var (key, value) in fields.Leaves().Where(leaf => leaf.Key != "label"))
        {
            if (value is HoconList { Items.Count: > 0 } list && (keys.Count == 0 || keys[0].Values.Items.Count == list.Items.Count))
                keys.Add((key, list));
            else
                fields.Refuse(key, HoconWriter.Text(value), keys.Count == 0 ? Allowed : $"as many values as {name} has of {keys[0].Key}: {keys[0].Values.Items.Count}");
        }

        if (keys.Count == 0)
            return [];
        return [.. Enumerable.Range(0, keys[0].Values.Items.Count).Select(i => new Level(
            TextOf(keys[0].Values.Items[i]), [.. keys.Select(key => ChangeOf(key.Key, key.Values.Items[i]))]))];
    }

    private static Change ChangeOf(string key, HoconNode value)
    {
        var folder = Path.GetDirectoryName(value.Place.File);
        var text = TextOf(value);
        var namesFile = value is HoconText ? !text.StartsWith(TrainingDesign.Mark, StringComparison.Ordinal) : key == ScenarioKeys.SwitchesKey;
        return new Change(key, folder is not null && namesFile ? ScenarioFile.Rooted(key, text, folder) : text, HoconReader.Shown(value.Place.File), value.Place.Line);
    }

    private static string TextOf(HoconNode value) => value is HoconNull ? "null" : HoconWriter.Value(value);
}
