using Diten.Model.Faults;
using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Execution;

/// <summary>A scenario as a command was given it: file, overrides and seed, checked.</summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="ResolvedText">The scenario with every key, readable as a scenario file.</param>
/// <param name="Changed">Keys that differ from the defaults.</param>
public sealed record ScenarioInput(string Name, Scenario Scenario, string ResolvedText, IReadOnlyList<ChangedKey> Changed)
{
    /// <summary>Reads and checks a scenario.</summary>
    /// <param name="overrides">Each <c>key=value</c>; later ones win.</param>
    /// <param name="seed">Wins over the file's; null = as written.</param>
    /// <exception cref="UserErrorException">An override is not of that form.</exception>
    /// <exception cref="ScenarioException">Everything that is wrong with it.</exception>
    public static ScenarioInput Load(string path, IReadOnlyList<string> overrides, ulong? seed)
    {
        var (scenario, entries) = ScenarioFile.ReadEntries(path, overrides.Select(Parts), seed);
        return Of(Path.GetFileNameWithoutExtension(path), scenario) with
        {
            Warnings = ScenarioWarnings.Of(scenario, entries),
            FaultsWritten = [.. entries.Where(entry => ScenarioWarnings.IsOfFaults(entry))],
        };
    }

    /// <summary>Who wrote what of its faults.</summary>
    private IReadOnlyCollection<ScenarioEntry> FaultsWritten { get; init; } = [];

    /// <summary>What is odd about it.</summary>
    public IReadOnlyList<ScenarioWarning> Warnings { get; private init; } = [];

    /// <summary>The same with another scenario in place of what was read.</summary>
    public ScenarioInput With(Scenario scenario) => Of(Name, scenario) with { Warnings = Warnings, FaultsWritten = FaultsWritten };

    /// <summary>Warns of what is odd about it, and refuses what this machine cannot hold.</summary>
    /// <param name="processes">Processes that will run it, besides this one.</param>
    /// <param name="force">Try it all the same.</param>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">It is too large, and not forced.</exception>
    public ScenarioInput Checked(Terminal terminal, int processes, bool force)
    {
        foreach (var warning in Warnings) terminal.Complain(warning.ToString());
        RunSize.Of(Scenario, processes).Demand(Name, force);
        return this;
    }

    private static ScenarioInput Of(string name, Scenario scenario)
    {
        var changed = from key in ScenarioKeys.All
                      let value = key.Format(scenario)
                      where value != key.Default
                      select new ChangedKey(key.Name, value, key.Default);
        var faults = FaultCatalogue.Written(scenario.Faults).Select(fault => new ChangedKey(fault.Key, fault.Value, ""));
        return new ScenarioInput(name, scenario, ScenarioFile.Resolve(scenario), [.. changed, .. faults]);
    }

    /// <summary>Value of the key <c>policy.name</c>.</summary>
    public string PolicyName => Scenario.Policy.Name;

    /// <summary>Whether it names files with data: sites, journeys or CPU load; a policy's file is none.</summary>
    public bool NamesData => ScenarioKeys.All.Any(key =>
        key.IsPath && !key.Name.StartsWith("policy.", StringComparison.Ordinal) && key.Format(Scenario).Length > 0);

    /// <summary>Makes it ready to run, reading the files that it names.</summary>
    /// <exception cref="UserErrorException">One of them cannot be used; the message names its key, the file and what is wrong.</exception>
    /// <exception cref="ScenarioException">A fault names a server or station that there is not.</exception>
    public World Ready()
    {
        try
        {
            return World.Create(Scenario);
        }
        catch (FaultTargetException problem)
        {
            var writer = FaultsWritten.LastOrDefault(entry => entry.Key == problem.Key);
            throw new ScenarioException([new ScenarioError(writer?.File ?? "scenario", problem.Key, problem.Found, problem.Allowed) { Line = writer?.Line }]);
        }
        catch (InputFileException problem)
        {
            var key = ScenarioKeys.All.FirstOrDefault(key =>
                key.IsPath && key.Format(Scenario) is { Length: > 0 } path && problem.File.StartsWith(path, StringComparison.Ordinal));
            throw new UserErrorException(key is null ? problem.Message : $"{key.Name}: {problem.Message}");
        }
    }

    /// <summary>The same, and refuses what only the files showed to be too large for this machine.</summary>
    /// <inheritdoc cref="Checked" path="/param"/>
    /// <exception cref="UserErrorException">A file cannot be used, or there are too many stations in it, and it is not forced.</exception>
    public World Ready(int processes, bool force)
    {
        var world = Ready();
        (RunSize.Of(Scenario, processes) with { Stations = world.Topology.StationCount }).Demand(Name, force);
        return world;
    }

    /// <summary>The same, and says what is assumed of the files that it names.</summary>
    /// <inheritdoc cref="Ready(int, bool)"/>
    public World Ready(Terminal terminal, int processes, bool force)
    {
        var world = Ready(processes, force);
        foreach (var note in InputReport.Notes(world)) terminal.Complain(note);
        foreach (var warning in FaultWarnings(world)) terminal.Complain(warning.ToString());
        return world;
    }

    /// <summary>What is odd about its faults, now that the places of servers and stations are known.</summary>
    internal IReadOnlyList<ScenarioWarning> FaultWarnings(World world) => ScenarioWarnings.Of(world.Faults, FaultsWritten);

    /// <summary>The same, for a training, which takes <c>learning.slots</c>.</summary>
    /// <exception cref="ScenarioException">No policy can be trained among its faults.</exception>
    internal ScenarioInput ForTraining()
    {
        var errors = ScenarioKeys.TrainingErrors(Scenario, FaultsWritten);
        return errors.Count == 0 ? With(Scenario with { Slots = Scenario.Learning.Slots }) : throw new ScenarioException(errors);
    }

    /// <summary>What a run folder says of it.</summary>
    /// <param name="world">The scenario made ready.</param>
    internal RunDescription Describe(World world)
    {
        var topology = world.Topology;
        var zones = ZoneMap.Create(topology, Scenario.Zones);
        int[] zoneOfStation = [.. Enumerable.Range(0, topology.StationCount).Select(station => zones.ZoneOf(new(station)).Value)];
        return new RunDescription(Name, ResolvedText, Scenario, topology, zoneOfStation)
        {
            ChangedKeys = Changed,
            FilesRead = [.. InputReport.Lines(world)],
        };
    }

    private static (string Key, string Value) Parts(string keyAndValue)
    {
        var equals = keyAndValue.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (keyAndValue[..equals], keyAndValue[(equals + 1)..])
            : throw new UserErrorException($"--set {keyAndValue}: expected key=value, such as --set devices.count=400");
    }
}
