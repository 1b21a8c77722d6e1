using Diten.Model.Faults;
using Diten.Model.Worlds;

namespace Diten.Runs.Results;

/// <summary>Writes which targets the faults of a run strike, and when: <c>tables/faults.csv</c>.</summary>
internal static class FaultFile
{
    /// <summary>Writes the table where the scenario has faults; else there is none, also where there was one before the run was changed.</summary>
    /// <param name="tables">An existing folder.</param>
    public static void Write(string tables, RunDescription run)
    {
        if (run.Scenario.Faults.IsEmpty)
        {
            foreach (var file in Directory.EnumerateFiles(tables, Tables.Faults.Name + ".*"))
                File.Delete(file);
            return;
        }

        using var table = Tables.Faults.Create(tables, rowsPerGroup: 10_000);
        foreach (var stretch in FaultStretch.Of(World.PlanFaults(run.Scenario, run.Topology), run.Scenario.Slots))
            table.Write(stretch);
        table.Complete();
    }
}
