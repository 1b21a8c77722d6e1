using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Config;
using Diten.Runs.Hosting;
using LinqToDB;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>An actor system with a journal, as a node has it, and an inbox for what notebooks and the snapshot store answer.</summary>
public sealed class TestNode : IDisposable
{
    /// <summary>No test takes so long; some wait for a database on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system;
    private readonly Inbox _inbox;

    /// <param name="location">Where the journal is.</param>
    /// <param name="connections">What the test adds to the connections.</param>
    /// <param name="settings">HOCON that goes before the node's.</param>
    public TestNode(JournalLocation location, Func<DataOptions, DataOptions>? connections = null, string settings = "")
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            {{settings}}
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor {
                serializers {
                  notes = "{{typeof(NoteSerializer).AssemblyQualifiedName}}"
                  none = "{{typeof(RefusingSerializer).AssemblyQualifiedName}}"
                }
                serialization-bindings {
                  "{{typeof(Note).AssemblyQualifiedName}}" = notes
                  "{{typeof(Notes).AssemblyQualifiedName}}" = notes
                  "System.Object" = none
                }
              }
            }
            """);
        var setup = connections is null
            ? JournalSettings.Setup(location) : new DataOptionsSetup(connections(JournalSettings.Connections(location)));
        _system = ActorSystem.Create(
            "notes",
            ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config.WithFallback(JournalSettings.For(location))), setup));
        _inbox = Inbox.Create(_system);
    }

    private IActorRef Snapshots => Persistence.Instance.Apply(_system).SnapshotStoreFor(null);

    /// <summary>Opens a notebook, and waits until it has recovered.</summary>
    public (IActorRef Notebook, Opened Opened) Open(string id)
    {
        var notebook = Start(id);
        return (notebook, Next<Opened>());
    }

    public IActorRef Start(string id) => _system.ActorOf(Notebook.Props(id, _inbox.Receiver));

    /// <summary>Writes a note, and waits until the notebook says that it is kept.</summary>
    public long Write(IActorRef notebook, string text)
    {
        notebook.Tell(new Note(text));
        return Next<Written>().SequenceNumber;
    }

    public void Stop(IActorRef notebook) => notebook.GracefulStop(Patience).GetAwaiter().GetResult();

    /// <summary>Has the inbox told when the notebook is no more.</summary>
    public void Watch(IActorRef notebook) => _inbox.Watch(notebook);

    /// <summary>Asks the snapshot store, and waits for its answer.</summary>
    public object Ask(object request)
    {
        Snapshots.Tell(request, _inbox.Receiver);
        return Next<object>();
    }

    /// <summary>The next message to the inbox.</summary>
    public T Next<T>() => Assert.IsAssignableFrom<T>(_inbox.Receive(Patience));

    public void Dispose() => _system.Terminate().GetAwaiter().GetResult();
}
