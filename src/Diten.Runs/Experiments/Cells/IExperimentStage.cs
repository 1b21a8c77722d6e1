using Diten.Model.Worlds;
using Diten.Runs.Execution;

namespace Diten.Runs.Experiments.Cells;

/// <summary>A cell of an experiment as it is shown.</summary>
/// <param name="Part">Name of its part; empty where there is one only.</param>
/// <param name="Case">Name of its case within the part.</param>
/// <param name="Work">Device-slots: what its run time is about proportional to.</param>
/// <param name="SameAs">The cell, from 0, that is the same run; null = none, or that one comes later.</param>
/// <param name="Kept">Whether it ran before, and is not run again.</param>
public sealed record StagedCell(string Part, string Case, ulong Seed, long Work, int? SameAs, bool Kept);

/// <summary>Shows an experiment as it goes on. All of it is called by several threads at once.</summary>
public interface IExperimentStage
{
    /// <summary>These are its cells; said again where more seeds turn out to be wanted.</summary>
    void Planned(IReadOnlyList<StagedCell> cells);

    /// <summary>A policy is trained before cells can run.</summary>
    void Trains(string name);

    /// <summary>Reports of a cell's slots shall have a row for each device whose id is a multiple of this.</summary>
    int DevicesEvery(int devices);

    /// <summary>A cell begins.</summary>
    /// <param name="cell">Number from 0, in the plan that was told last.</param>
    /// <param name="name">Of its scenario.</param>
    /// <returns>Is told of its slots, and disposed of when it is over or broke off.</returns>
    IRunWatcher Begin(int cell, string name, World world);

    /// <summary>A cell came to its end, and its result is kept.</summary>
    void Ended(int cell);
}
