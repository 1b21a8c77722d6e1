using Diten.Model.Worlds;
using Diten.Runs.Execution;

namespace Diten.Runs.Demos.Lectures;

/// <summary>Shows a lecture; its runs have numbers from 1 on.</summary>
public interface ILectureStage
{
    /// <summary>How far it is; told by several threads at once.</summary>
    /// <param name="done">Runs that came to their end, in this process or before.</param>
    /// <param name="runs">All that are needed, once more for each that is recorded.</param>
    void Preparing(int done, int runs);

    /// <summary>Opens what was recorded of a run before.</summary>
    /// <returns>Whether there is such a recording, and it is whole.</returns>
    bool TryOpen(int run, string folder);

    /// <summary>A run is recorded into a folder.</summary>
    /// <returns>Is told of its slots.</returns>
    IRunWatcher Record(string folder, ScenarioInput input, World world);

    /// <summary>All is prepared, and every run's recording is open.</summary>
    void Begin(LectureRecord lecture);
}
