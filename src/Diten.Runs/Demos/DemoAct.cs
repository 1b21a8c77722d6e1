using System.Buffers;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Demos;

/// <summary>A run of a demo.</summary>
/// <param name="Name">Small letters, digits and hyphens; its folder is named so, too.</param>
/// <param name="Scenario">File.</param>
/// <param name="Set">What the act changes in it.</param>
/// <param name="Captions">What is said from a slot on.</param>
/// <param name="Kills">After which slots a process is ended by SIGKILL.</param>
public sealed record DemoAct(
    string Name, string Title, string Scenario, IReadOnlyList<Change> Set, SortedDictionary<int, string> Captions, SortedDictionary<int, DemoKill> Kills)
{
    internal static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Its scenario, checked.</summary>
    /// <param name="atOnce">Whether it shall take no more time than it needs, whatever pace the act has.</param>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">Everything that is wrong with it.</exception>
    public ScenarioInput Load(bool atOnce) =>
        Cell.LoadChanged(new ExperimentSettings { Scenario = Scenario, Seeds = 1 }, [.. Set, .. atOnce ? [new Change("pace", "virtual", Scenario)] : Array.Empty<Change>()]);
}

/// <summary>Which process of a demo is ended.</summary>
public enum DemoKill
{
    /// <summary>One of those without the clock.</summary>
    Node,

    /// <summary>The one that the clock lives in.</summary>
    Clock,
}
