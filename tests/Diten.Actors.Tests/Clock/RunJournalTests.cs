using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Model.Records;

namespace Diten.Actors.Tests.Clock;

/// <summary>The run's journal on a store that takes nothing.</summary>
public sealed class RunJournalTests() : TestKit(ConfigurationFactory.ParseString($$"""
    akka.persistence.journal.plugin = "full"
    full.class = "{{typeof(FullJournal).AssemblyQualifiedName}}"
    akka.persistence.snapshot-store.plugin = "akka.persistence.no-snapshot-store"
    akka.test.single-expect-default = 20s
    """).WithFallback(NodeSettings.Load(1)))
{
    [Fact]
    public void An_event_that_could_not_be_written_is_not_told_as_stored()
    {
        var clock = CreateTestProbe("clock");
        var journal = clock.ChildActorOf(Props.Create(() => new RunJournalActor("run")));
        clock.ExpectMsg<RunRecovered>();

        journal.Tell(new RunSubmitted(new RunSpec("run", "town", "", 1, new EmulationOptions())), clock);

        Assert.Contains("cannot be written: the disk is full", clock.ExpectMsg<RunJournalBroken>().Why);
    }

    private sealed class FullJournal : MemoryJournal
    {
        protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken) =>
            Task.FromException<IImmutableList<Exception>>(new IOException("the disk is full"));
    }
}
