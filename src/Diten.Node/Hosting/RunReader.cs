using System.Security.Cryptography;
using System.Text;
using Diten.Actors;
using Diten.Model;
using Diten.Model.Scenarios;
using Diten.Node.Scenarios;

namespace Diten.Node.Hosting;

/// <summary>Makes a run's world ready on a node that was told of it.</summary>
internal static class RunReader
{
    /// <summary>Reads the scenario and the data files that it names, which must be on this node too.</summary>
    /// <exception cref="ScenarioException">A file is missing, or this build does not know a key.</exception>
    /// <exception cref="Model.Input.InputFileException">A file cannot be used.</exception>
    public static PreparedRun Prepare(RunSpec run)
    {
        var scenario = ScenarioFile.Parse(run.ScenarioText, run.Name + ".conf");
        return new PreparedRun(CityPlan.Create(World.Create(scenario)), Fingerprint(run.ScenarioText, scenario));
    }

    /// <summary>SHA-256 over the scenario and the bytes of all data files, hex: nodes with the same one emulate the same world.</summary>
    private static string Fingerprint(string scenarioText, Scenario scenario)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(scenarioText));
        foreach (var key in ScenarioKeys.All.Where(key => key.IsPath))
            foreach (var file in Files(key.Format(scenario)))
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path) =>
        path.Length == 0 ? []
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];
}
