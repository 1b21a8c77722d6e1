using System.Runtime.CompilerServices;
using Akka.Configuration;
using Akka.Dispatch;

namespace Diten.Actors.Runtime;

/// <summary>Makes the dispatcher of one lane; HOCON: <c>throughput</c>. All lanes of an actor system help each other.</summary>
public sealed class LaneDispatcherConfigurator : MessageDispatcherConfigurator
{
    private static readonly ConditionalWeakTable<object, LanePool> Pools = [];
    private readonly LaneDispatcher _dispatcher;

    public LaneDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        var pool = Pools.GetValue(prerequisites.Settings, static _ => new LanePool());
        _dispatcher = new LaneDispatcher(this, config.GetString("id"), config.GetInt("throughput"), new Lane(pool, config.GetString("id")));
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>
/// Runs its actors on one thread of their own, so that what they touch stays in that core's cache; where another lane has nothing to do, it
/// helps out. Actors that talk to each other belong on the same lane.
/// </summary>
public sealed class LaneDispatcher : MessageDispatcher
{
    private readonly Lane _lane;

    public LaneDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, Lane lane)
        : base(configurator)
    {
        (Id, Throughput, _lane) = (id, throughput, lane);
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => _lane.Execute(run);

    /// <inheritdoc/>
    protected override void Shutdown() => _lane.Stop();
}
