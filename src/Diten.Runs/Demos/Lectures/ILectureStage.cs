using Diten.Model.Worlds;
using Diten.Runs.Execution;

namespace Diten.Runs.Demos.Lectures;

/// <summary>Shows a lecture; its runs have numbers from 1 on.</summary>
public interface ILectureStage
{
    /// <summary>Opens what was recorded of a run before.</summary>
    /// <returns>Whether there is such a recording, and it is whole.</returns>
    bool TryOpen(int run, string folder);

    /// <summary>A run is recorded into a folder.</summary>
    /// <returns>Is told of its slots.</returns>
    IRunWatcher Record(string folder, ScenarioInput input, World world);

    /// <summary>All is prepared, and every run's recording is open.</summary>
    void Begin(LectureRecord lecture);
}
