using Diten.Actors;

namespace Diten.Runs.Execution;

/// <summary>Is told of every slot of a run besides the writer of its folder, and may add to that folder until it is disposed of.</summary>
public interface IRunWatcher : IRunObserver, IDisposable
{
}
