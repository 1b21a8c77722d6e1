using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Diten.Actors;
using Diten.Runs.Hosting.Secret;

namespace Diten.Runs.Hosting;

/// <summary>A cluster of processes on this machine, started and stopped by this one, which looks on and writes the results.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60), StopPatience = TimeSpan.FromSeconds(5);

    private readonly ClusterNode _self;
    private readonly string _logs;
    private readonly JournalLocation? _journal;
    private readonly int _threads;
    private readonly string[] _roles;
    private readonly Action<string> _tell;
    private readonly ConcurrentDictionary<int, Child> _children = [];
    private int _started;
    private volatile bool _stopping;

    private LocalCluster(ClusterNode self, string logs, JournalLocation? journal, int threads, bool learns, Action<string> tell)
    {
        (_self, _logs, _journal, _threads, _tell) = (self, logs, journal, threads, tell);
        // Any of them can hold the learner, should the one that does be lost.
        _roles = learns ? ["--roles", string.Join(',', NodeRole.Emulation, NodeRole.Coordinator, NodeRole.Learner)] : [];
    }

    /// <summary>Processes that are alive, by number from 1.</summary>
    public IReadOnlyDictionary<int, Process> Processes => _children.ToDictionary(child => child.Key, child => child.Value.Process);

    /// <summary>The node of this process.</summary>
    public ClusterNode Self => _self;

    /// <summary>Starts a cluster; returns when all processes listen.</summary>
    /// <param name="nodes">Number of processes besides this one.</param>
    /// <param name="threads">Threads that entities run on, of each process; 0 = the machine's cores shared out.</param>
    /// <param name="journal">Where the nodes keep journal and checkpoints; null = nowhere.</param>
    /// <param name="logs">Folder for what the processes print.</param>
    /// <param name="tell">Is told what happens to processes.</param>
    /// <param name="learns">Whether they can train a policy.</param>
    public static async Task<LocalCluster> StartAsync(
        int nodes, int threads, JournalLocation? journal, string logs, Action<string> tell, CancellationToken cancel, bool learns = false)
    {
        Directory.CreateDirectory(logs);
        var self = ClusterNode.Start(new NodeConfiguration { Roles = [NodeRole.Observer], EndsProcess = false, Silent = true, SaysGoodbye = false, Threads = 1 });
        self.FoundCluster();
        threads = threads > 0 ? threads : Math.Max(1, Environment.ProcessorCount / nodes);
        var cluster = new LocalCluster(self, logs, journal, threads, learns, tell);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => cluster.TryAddAsync(cancel)));
            if (cluster._children.IsEmpty)
                throw new EmulationFailedException($"None of the {nodes} nodes came to listen; what they said is in {logs}.");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nodes that have not ended.</summary>
    public int Alive => _children.Count;

    /// <summary>Starts one more process, and goes on without it where it ends before it listens.</summary>
    private async Task TryAddAsync(CancellationToken cancel)
    {
        try
        {
            await AddAsync(cancel);
        }
        catch (EmulationFailedException failure)
        {
            _tell(failure.Message);
        }
    }

    /// <summary>Starts one more process; returns its number when it listens.</summary>
    /// <exception cref="EmulationFailedException">It ended before it listened.</exception>
    /// <exception cref="InvalidOperationException">The cluster is being stopped.</exception>
    public async Task<int> AddAsync(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        var number = Interlocked.Increment(ref _started);
        var start = OwnProgram.With([
            "node", "--seed-node", $"{_self.Address.Host}:{_self.Address.Port}", "--threads", _threads.ToString(CultureInfo.InvariantCulture),
            "--end-with-input", .. _roles]);
        start.Environment[JournalLocation.Variable] = _journal?.ToText() ?? ""; // a command line would show a password to everybody
        start.Environment[ClusterSecret.Variable] = ClusterSecret.OfThisProcess.ToText(); // likewise
        start.RedirectStandardInput = true;
        var child = new Child(start, Path.Combine(_logs, FormattableString.Invariant($"node-{number}.log")));
        _children[number] = child;
        child.Process.EnableRaisingEvents = true;
        child.Process.Exited += (_, _) => Lost(number);
        child.Start();
        if (_stopping) // who stops the others may have looked before this one was there
        {
            child.Process.Kill();
            throw new InvalidOperationException("The cluster is being stopped.");
        }

        try
        {
            await child.Listening.WaitAsync(StartPatience, cancel);
        }
        catch (TimeoutException)
        {
            Kill(number);
            throw new EmulationFailedException($"Node {number} does not listen after {StartPatience.TotalSeconds} s; see {child.Log}.");
        }

        return number;
    }

    /// <summary>Ends one process as a power cut would.</summary>
    public void Kill(int number)
    {
        if (_children.TryGetValue(number, out var child))
            child.Process.Kill();
    }

    /// <summary>Likewise; done when it is gone.</summary>
    /// <returns>False where it is not within that time.</returns>
    internal async Task<bool> KillAsync(int number, TimeSpan patience)
    {
        if (!_children.TryGetValue(number, out var child))
            return true;
        child.Process.Kill();
        try
        {
            await child.Gone.WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Processes that are alive and listen, by number.</summary>
    internal IReadOnlyList<(int Number, Address Address)> Addresses() =>
        [.. _children.Where(child => child.Value.Address is not null).OrderBy(child => child.Key).Select(child => (child.Key, child.Value.Address!))];

    /// <summary>Members of the cluster, as this process sees them; those that are dead stay some time.</summary>
    internal IReadOnlyCollection<Member> Members() => [.. Cluster.Get(_self.System).State.Members];

    /// <summary>The process that is a node of the cluster; null where it is none of this one's.</summary>
    /// <param name="node">Name of the node, as in <see cref="NodeStatus.Node"/>.</param>
    public int? NumberOf(string node) => _children
        .Where(child => child.Value.Address is { } address && node.StartsWith($"{address.Host}:{address.Port}#", StringComparison.Ordinal))
        .Select(child => (int?)child.Key).FirstOrDefault();

    /// <summary>The process that the clock lives in now; null where that is none, or not known.</summary>
    public int? Coordinator()
    {
        var oldest = Cluster.Get(_self.System).State.Members
            .Where(member => member.Status == MemberStatus.Up && member.HasRole(NodeRole.Coordinator))
            .OrderBy(member => member, Member.AgeOrdering)
            .FirstOrDefault();
        return oldest is null ? null : _children.Where(child => child.Value.Address == oldest.Address).Select(child => (int?)child.Key).FirstOrDefault();
    }

    /// <summary>Most memory that each process held, added up, this one included; bytes.</summary>
    public long PeakBytes()
    {
        using var self = Process.GetCurrentProcess();
        var sum = self.PeakWorkingSet64;
        foreach (var child in _children.Values)
        {
            child.Process.Refresh();
            sum += child.Process.HasExited ? 0 : child.Process.PeakWorkingSet64;
        }

        return sum;
    }

    /// <summary>Processor time that all processes of the cluster but this one have used, seconds.</summary>
    public double ProcessorSeconds()
    {
        var sum = 0.0;
        foreach (var child in _children.Values)
        {
            child.Process.Refresh();
            sum += child.Process.HasExited ? 0 : child.Process.TotalProcessorTime.TotalSeconds;
        }

        return sum;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await Task.WhenAll(_children.Values.Select(child => child.StopAsync(StopPatience)));
        await _self.DisposeAsync();
    }

    /// <summary>Whose process has ended is dead for sure: nobody needs to wait whether it answers again.</summary>
    private void Lost(int number)
    {
        if (_stopping || !_children.TryRemove(number, out var child))
            return;
        try
        {
            Lost(number, child);
        }
        finally
        {
            child.Told();
        }
    }

    private void Lost(int number, Child child)
    {
        child.Ended();
        _tell($"node {number} has ended with code {child.Process.ExitCode}; see {child.Log}");
        if (child.Address is { } address)
            _self.GiveUp(address);
        if (_children.IsEmpty)
            _self.FailRun($"All nodes have ended; what they said is in {_logs}.");
        else
            _self.ExpectNodes(Alive);
    }

    private sealed class Child
    {
        private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly LoggedProcess _logged;

        public Child(ProcessStartInfo start, string log) => _logged = new LoggedProcess(start, log, Heard);

        public Process Process => _logged.Process;

        public string Log => _logged.Log;

        public Task Listening => _listening.Task;

        /// <summary>Done when it has ended, and the cluster was told.</summary>
        public Task Gone => _gone.Task;

        public Address? Address { get; private set; }

        public void Start() => _logged.Start();

        public void Ended() =>
            _listening.TrySetException(new EmulationFailedException($"A node ended before it listened; see {Log}."));

        public void Told() => _gone.TrySetResult();

        public async Task StopAsync(TimeSpan patience)
        {
            try
            {
                Process.StandardInput.Close(); // what it lives on
                await Process.WaitForExitAsync(new CancellationTokenSource(patience).Token);
            }
            catch (OperationCanceledException)
            {
                Process.Kill();
            }
            catch (Exception gone) when (gone is InvalidOperationException or IOException)
            {
                // It was never started, or has ended by itself.
            }

            _logged.Dispose();
        }

        private void Heard(string line)
        {
            if (!line.StartsWith(StartedNode.Greeting, StringComparison.Ordinal))
                return;
            Address = Akka.Actor.Address.Parse(line[StartedNode.Greeting.Length..].Split(' ')[0]);
            _listening.TrySetResult();
        }
    }
}
