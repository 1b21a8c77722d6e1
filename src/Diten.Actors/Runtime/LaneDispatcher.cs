using Akka.Configuration;
using Akka.Dispatch;

namespace Diten.Actors.Runtime;

/// <summary>Makes the dispatcher of one lane; HOCON: <c>id</c>, <c>throughput</c>.</summary>
internal sealed class LaneDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LaneDispatcher _dispatcher;

    public LaneDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new LaneDispatcher(this, config.GetString("id"), config.GetInt("throughput"));

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>
/// Runs its actors on one thread of their own, so that what they touch stays in that core's cache, and what they send to each other needs no
/// lock. Actors that talk to each other belong on the same lane.
/// </summary>
internal sealed class LaneDispatcher : MessageDispatcher
{
    private readonly Lane _lane;

    public LaneDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput)
        : base(configurator)
    {
        (Id, Throughput, _lane) = (id, throughput, new Lane(id));
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => _lane.Execute(run);

    /// <inheritdoc/>
    protected override void Shutdown() => _lane.Stop();
}
