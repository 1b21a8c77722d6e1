using Diten.Runs.Execution;
using Diten.Runs.Results;

namespace Diten.Runs.Demos;

/// <summary>Shows a demo as it goes on.</summary>
public interface IDemoStage
{
    /// <summary>An act begins.</summary>
    /// <param name="act">Number from 0.</param>
    /// <param name="folder">Of its run, as it is while the run goes on.</param>
    /// <returns>Is told of its slots.</returns>
    IRunWatcher Begin(int act, RunFolder folder, RunRequest request);

    /// <summary>An act is over.</summary>
    void Ended(int act, string digest);

    /// <summary>The same scenario was run again in one process, with no kills.</summary>
    void Repeated(int act, string digest);
}
