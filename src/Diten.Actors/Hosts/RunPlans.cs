namespace Diten.Actors;

/// <summary>A run made ready on one node.</summary>
/// <param name="WorldFingerprint">Hash of the scenario and of the data files that it names: nodes that read other files have another one.</param>
public sealed record PreparedRun(CityPlan Plan, string WorldFingerprint);

/// <summary>Makes runs ready, once a node: host and clock share what does not change. Thread-safe.</summary>
/// <param name="prepare">Reads the scenario and the files that it names; what it throws is for the user.</param>
/// <param name="change">Makes a change in a run's scenario, from a slot on; what it throws is for the user. Null = runs are not changed here.</param>
public sealed class RunPlans(Func<RunSpec, PreparedRun> prepare, Func<RunSpec, RunChange, int, ChangedRun>? change = null)
{
    private readonly Lock _gate = new();
    private (string RunId, string Scenario)? _key;
    private Task<PreparedRun>? _last;

    /// <summary>A plan that is ready already.</summary>
    public static RunPlans Of(CityPlan plan) => new(_ => new PreparedRun(plan, ""));

    /// <summary>Whether runs can be changed here while they go on.</summary>
    public bool TakesChanges => change is not null;

    /// <summary>The run's plan; made off the caller's thread.</summary>
    public Task<PreparedRun> Get(RunSpec run)
    {
        lock (_gate)
        {
            if (_key != (run.RunId, run.ScenarioText) || _last!.IsFaulted)
                (_key, _last) = ((run.RunId, run.ScenarioText), Task.Run(() => prepare(run)));
            return _last;
        }
    }

    /// <summary>The run with a change, ready; made off the caller's thread.</summary>
    /// <param name="slot">The first slot that is otherwise.</param>
    internal async Task<EditMade> Change(RunSpec run, int number, RunChange wanted, int slot)
    {
        var changed = await Task.Run(() => change!(run, wanted, slot));
        var prepared = await Task.Run(() => prepare(changed.Run));
        lock (_gate)
            (_key, _last) = ((run.RunId, changed.Run.ScenarioText), Task.FromResult(prepared));
        return new EditMade(run.RunId, number, changed.Run with { EditedWorld = prepared.WorldFingerprint }, prepared, changed.Told);
    }
}
