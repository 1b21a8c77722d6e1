using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Nodes of a cluster in this process, ended with the test.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<ActorSystem> _nodes = [];

    public ActorSystem Start(NodeConfiguration configuration)
    {
        var node = Tame(configuration).Start();
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts a node with certificates of its own choice.</summary>
    public ActorSystem Start(NodeConfiguration configuration, ActorSystemSetup certificates)
    {
        var bootstrap = BootstrapSetup.Create().WithConfig(Tame(configuration).ToAkkaConfig());
        var node = ActorSystem.Create(NodeConfiguration.SystemName, certificates.And(bootstrap));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Waits until a node sees so many members that are up.</summary>
    public static async Task Up(ActorSystem node, int members)
    {
        var up = new TaskCompletionSource();
        node.ActorOf(Props.Create(() => new Watcher(members, up)));
        await Within(up.Task, $"{members} members seen by {Cluster.Get(node).SelfAddress}");
    }

    /// <summary>Waits for something, but not for ever.</summary>
    public static async Task Within(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Patience)) != task)
            throw new TimeoutException($"Not in {Patience.TotalSeconds:F0} s: {what}.");
        await task;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_nodes.Select(node => node.Terminate()));

    private static NodeConfiguration Tame(NodeConfiguration configuration) => configuration with { EndsProcess = false, Threads = 1 };

    private sealed class Watcher(int members, TaskCompletionSource up) : UntypedActor
    {
        private readonly HashSet<Address> _up = [];

        protected override void PreStart() =>
            Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));

        protected override void OnReceive(object message)
        {
            if (message is ClusterEvent.MemberUp { Member: var member } && _up.Add(member.Address) && _up.Count == members)
                up.TrySetResult();
        }
    }
}
