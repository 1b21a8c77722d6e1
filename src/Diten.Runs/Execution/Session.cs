using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;
using Diten.Runs.Progress;

namespace Diten.Runs.Execution;

/// <summary>Runs a world that is ready; see <see cref="Emulation"/>.</summary>
public delegate Task<RunOutcome> Emulate(World world, EmulationOptions options, IRunObserver? observer, CancellationToken cancel);

/// <summary>What a command works with: its terminal, and what runs scenarios.</summary>
public sealed record Session(Terminal Terminal, Emulate Emulate)
{
    /// <summary>A session that runs scenarios as actors in this process.</summary>
    public Session(Terminal terminal)
        : this(terminal, Emulation.RunAsync)
    {
    }
}
