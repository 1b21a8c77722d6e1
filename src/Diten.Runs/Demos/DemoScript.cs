using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Demos;

/// <summary>What <c>diten demo</c> shows: acts, one after another, each a run with words to it.</summary>
/// <param name="File">Where it was read from, as people are told.</param>
/// <param name="Acts">At least one.</param>
public sealed record DemoScript(string Title, string File, IReadOnlyList<DemoAct> Acts)
{
    /// <summary>The script that comes with Diten, in the folder of scenarios.</summary>
    public const string Usual = "demo/demo.conf";

    private const int MostActs = 50;

    /// <summary>Reads and checks it; the acts' scenarios are checked when they are loaded.</summary>
    /// <exception cref="ScenarioException">Everything that is wrong with it.</exception>
    public static DemoScript Read(string path)
    {
        var errors = new List<ScenarioError>();
        DemoScript? script = null;
        if (DesignFile.Resolve(path, "an existing demo script", ShippedScenarios.Hint, errors) is { } file)
        {
            var root = new DesignFields(file, "", errors);
            script = Read(path, root.Object("demo"));
            root.Close();
        }

        return errors.Count == 0 ? script! : throw new ScenarioException([.. errors.Take(ScenarioKeys.MostErrors)], Math.Max(0, errors.Count - ScenarioKeys.MostErrors));
    }

    private static DemoScript Read(string path, DesignFields demo)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var all = demo.Object("acts");
        var acts = new List<DemoAct>();
        foreach (var name in all.Names)
            if (all.Optional(name) is { } fields)
                acts.Add(ReadAct(name, fields, folder));
        if (acts.Count is 0 or > MostActs)
            demo.Refuse("acts", $"{acts.Count} acts", $"1 to {MostActs} names of acts, each with braces: demo {{ acts {{ busy {{ scenario = …, captions {{ 0 = … }} }} }} }}");
        var script = new DemoScript(demo.Text("title") ?? Path.GetFileNameWithoutExtension(path), HoconReader.Shown(Path.GetFullPath(path)), acts);
        demo.Close();
        return script;
    }

    private static DemoAct ReadAct(string name, DesignFields fields, string folder)
    {
        if (name.AsSpan().ContainsAnyExcept(DemoAct.Letters))
            fields.Refuse("", name, "a name of small letters, digits and hyphens: it names a folder, too");
        var scenario = fields.Required("scenario", "a scenario file, counted from the folder of this file") ?? "";
        var act = new DemoAct(
            name, fields.Text("title") ?? name, Path.GetFullPath(scenario, folder), DesignAxes.Changes(fields.Object("set")),
            BySlot(fields, "captions", "\"the text from that slot on\"", text => (true, text)),
            BySlot(fields, "kill", "node, or clock", text => text switch
            {
                "node" => (true, DemoKill.Node),
                "clock" => (true, DemoKill.Clock),
                _ => default,
            }));
        fields.Close();
        return act;
    }

    /// <summary>Something for each of some slots.</summary>
    /// <param name="read">Reads it; not known where it is none.</param>
    internal static SortedDictionary<int, T> BySlot<T>(DesignFields fields, string name, string allowed, Func<string, (bool Known, T Value)> read)
    {
        var found = new SortedDictionary<int, T>();
        var inner = fields.Object(name);
        foreach (var key in inner.Names)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
                inner.Refuse(key, key, $"a slot from 0 on: {name} {{ 40 = {allowed} }}");
            else if (inner.Text(key) is { } text && read(text) is (true, var value))
                found[slot] = value;
            else
                inner.Refuse(key, inner.Text(key) ?? "no text", allowed);
        }

        return found;
    }
}
