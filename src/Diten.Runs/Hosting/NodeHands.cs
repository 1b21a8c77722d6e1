using Akka.Cluster;
using Diten.Actors;

namespace Diten.Runs.Hosting;

/// <summary>A process of a run that has some of its own.</summary>
/// <param name="Number">From 1, in the order in which they were started.</param>
/// <param name="Node"><c>HOST:PORT</c> of its node.</param>
/// <param name="Clock">Whether the clock lives in it now.</param>
public sealed record OwnNode(int Number, string Node, bool Clock);

/// <summary>Ends processes of a run that has some of its own, and starts others in their place, while it goes on. Safe for threads.</summary>
/// <param name="processes">Processes that the run is begun with.</param>
/// <param name="checkpoints">Whether the run keeps checkpoints: without, it is lost with a node.</param>
public sealed class NodeHands(int processes, bool checkpoints)
{
    /// <summary>Who asks for the node that the clock lives in, wherever that is, says this.</summary>
    public const string Clock = "clock";

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _oneAtATime = new(1); // each is judged by what the ones before it left
    private volatile LocalCluster? _cluster;

    /// <summary>The run's processes listen.</summary>
    public void Take(LocalCluster cluster) => _cluster = cluster;

    /// <summary>The run is over, and its processes with it.</summary>
    public void End() => _cluster = null;

    /// <summary>Processes that are alive and listen, in the order of their numbers; none before they do.</summary>
    public IReadOnlyList<OwnNode> List() => _cluster is { } cluster ? Of(cluster) : [];

    /// <summary>Ends a process as a power cut would (SIGKILL); done when it is gone.</summary>
    /// <param name="name">Its node as HOST:PORT, its number, or <see cref="Clock"/>.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="ChangeRefusedException">It is not ended; the message says why.</exception>
    public async Task<string> KillAsync(string name, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var cluster = Required();
            var nodes = Of(cluster);
            var node = nodes.FirstOrDefault(one => one.Node == name || FormattableString.Invariant($"{one.Number}") == name || one.Clock && name == Clock)
                ?? throw new ChangeRefusedException($"name: found '{name}'; allowed: {string.Join(", ", nodes.Select(one => one.Node))}, their numbers, or {Clock}.");
            RequireMajority(cluster, nodes);
            if (!await cluster.KillAsync(node.Number, EndPatience))
                throw new ChangeRefusedException($"node {node.Node} has not ended within {EndPatience.TotalSeconds} s.");
            return $"node {node.Node} (process {node.Number}{(node.Clock ? ", with the clock" : "")}) was killed";
        }
        catch (InvalidOperationException)
        {
            throw new ChangeRefusedException("The run is over.");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Starts a process in the place of one that has ended; done when it listens.</summary>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="ChangeRefusedException">None is started; the message says why.</exception>
    public async Task<string> StartAsync(CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var cluster = Required();
            if (cluster.Alive >= processes)
                throw new ChangeRefusedException(FormattableString.Invariant($"All {processes} processes of the run are alive: one is started in the place of one that has ended."));
            var number = await cluster.AddAsync(CancellationToken.None); // who asked may go away: what was begun is done
            return FormattableString.Invariant($"node {Of(cluster).FirstOrDefault(one => one.Number == number)?.Node} (process {number}) was started");
        }
        catch (Exception problem) when (problem is EmulationFailedException or InvalidOperationException or IOException)
        {
            throw new ChangeRefusedException($"No process was started: {problem.Message}");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private LocalCluster Required() =>
        _cluster ?? throw new ChangeRefusedException("The run's processes do not listen yet, or do no more.");

    private void RequireMajority(LocalCluster cluster, IReadOnlyList<OwnNode> nodes)
    {
        if (!checkpoints)
            throw new ChangeRefusedException("The run keeps no checkpoints, and would be lost with a node: begin it with --checkpoint-every.");
        if (nodes.Count < 2)
            throw new ChangeRefusedException("It is the last node that is left, and nobody would go on: start another one first.");
        // Members that are dead, and that the others have not let go of yet, count in the vote on who may go on.
        var members = cluster.Members().Count(member => member.HasRole(NodeRole.Coordinator));
        if (members > nodes.Count && (nodes.Count - 1) * 2 <= members)
            throw new ChangeRefusedException(FormattableString.Invariant(
                $"Of {members} members {nodes.Count} are alive, and the others have not let go of the dead yet: with one less the majority would be lost. Ask again in some seconds."));
    }

    private static OwnNode[] Of(LocalCluster cluster)
    {
        var clock = cluster.Coordinator();
        return [.. cluster.Addresses().Select(child => new OwnNode(child.Number, FormattableString.Invariant($"{child.Address.Host}:{child.Address.Port}"), child.Number == clock))];
    }
}
