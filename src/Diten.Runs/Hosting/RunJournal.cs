using Akka.Actor;
using Akka.Actor.Setup;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Hosting;

/// <summary>Writes to the journal of a run that no clock leads.</summary>
internal static class RunJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Has checkpoints count no more, the last one first.</summary>
    /// <exception cref="IOException">The journal cannot be written; the message says why.</exception>
    public static async Task WithdrawAsync(JournalLocation location, string runId, IReadOnlyList<int> slots)
    {
        if (slots.Count == 0)
            return;
        var settings = NodeSettings.Load(1).WithFallback(JournalSettings.For(location));
        using var system = ActorSystem.Create(
            "diten", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(settings), JournalSettings.Setup(location)));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            system.ActorOf(Props.Create(() => new Writer(runId, slots, done)));
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new IOException($"The journal does not answer within {Patience.TotalSeconds} s: {location.Describe()}.");
        }
        finally
        {
            await system.Terminate();
            SqliteConnection.ClearAllPools();
        }
    }

    private sealed class Writer : UntypedActor
    {
        private readonly IReadOnlyList<int> _slots;
        private readonly TaskCompletionSource _done;
        private readonly IActorRef _journal;
        private int _stored;

        public Writer(string runId, IReadOnlyList<int> slots, TaskCompletionSource done)
        {
            (_slots, _done) = (slots, done);
            _journal = Context.ActorOf(Props.Create(() => new RunJournalActor(runId)));
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case RunRecovered:
                    foreach (var slot in _slots)
                        _journal.Tell(new CheckpointWithdrawn(slot));
                    break;
                case RunEventStored when ++_stored == _slots.Count:
                    _done.TrySetResult();
                    break;
                case RunJournalBroken broken:
                    _done.TrySetException(new IOException(broken.Why));
                    break;
            }
        }
    }
}
