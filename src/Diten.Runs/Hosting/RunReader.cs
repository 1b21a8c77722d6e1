using Diten.Actors;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Worlds;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Hosting;

/// <summary>Makes a run's world ready on a node that was told of it.</summary>
internal static class RunReader
{
    /// <summary>Reads the scenario and the data files that it names, which must be on this node too.</summary>
    /// <exception cref="ScenarioException">A file is missing, or this build does not know a key.</exception>
    /// <exception cref="Model.Input.InputFileException">A file cannot be used.</exception>
    public static PreparedRun Prepare(RunSpec run)
    {
        var scenario = ScenarioFile.Parse(run.ScenarioText, run.Name + ".conf");
        return new PreparedRun(
            CityPlan.Create(World.Create(scenario)), InputDigest.Fingerprint(run.ScenarioText, InputDigest.Of(scenario)));
    }
}
