namespace Diten.Actors;

/// <summary>A run made ready on one node.</summary>
/// <param name="WorldFingerprint">Hash of the scenario and of the data files that it names: nodes that read other files have another one.</param>
public sealed record PreparedRun(CityPlan Plan, string WorldFingerprint);

/// <summary>Makes runs ready, once a node: host and clock share what does not change. Thread-safe.</summary>
/// <param name="prepare">Reads the scenario and the files that it names; what it throws is for the user.</param>
public sealed class RunPlans(Func<RunSpec, PreparedRun> prepare)
{
    private readonly Lock _gate = new();
    private string? _runId;
    private Task<PreparedRun>? _last;

    /// <summary>A plan that is ready already.</summary>
    public static RunPlans Of(CityPlan plan) => new(_ => new PreparedRun(plan, ""));

    /// <summary>The run's plan; made off the caller's thread.</summary>
    public Task<PreparedRun> Get(RunSpec run)
    {
        lock (_gate)
        {
            if (_runId != run.RunId || _last!.IsFaulted)
                (_runId, _last) = (run.RunId, Task.Run(() => prepare(run)));
            return _last;
        }
    }
}
