using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>An event, and a command that asks for it.</summary>
public sealed record Note(string Text);

/// <summary>A snapshot.</summary>
public sealed record Notes(ImmutableList<string> Texts);

/// <summary>Neither has a serializer.</summary>
public sealed record Scribble(string Text);

/// <summary>What happened to a notebook; it tells its reader.</summary>
public sealed record Opened(long SequenceNumber, ImmutableList<string> Texts);
public sealed record Written(long SequenceNumber);
public sealed record Refused(string How, Exception Cause, long SequenceNumber);

/// <summary>A persistent actor that keeps notes, and tells its reader all that befalls it.</summary>
public sealed class Notebook(string id, IActorRef reader) : UntypedPersistentActor
{
    private ImmutableList<string> _texts = [];

    public override string PersistenceId => id;

    public static Props Props(string id, IActorRef reader) => Akka.Actor.Props.Create(() => new Notebook(id, reader));

    protected override void OnCommand(object message)
    {
        if (message is Note or Scribble)
            Persist(message, written =>
            {
                OnRecover(written);
                reader.Tell(new Written(LastSequenceNr), Self);
            });
        else
            Unhandled(message);
    }

    protected override void OnRecover(object message)
    {
        if (message is Note note)
            _texts = _texts.Add(note.Text);
    }

    protected override void OnReplaySuccess() => reader.Tell(new Opened(LastSequenceNr, _texts), Self);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Tell("recovery failed", reason, LastSequenceNr);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Tell("failed", cause, sequenceNr);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Tell("rejected", cause, sequenceNr);

    private void Tell(string how, Exception cause, long sequenceNumber) => reader.Tell(new Refused(how, cause, sequenceNumber), Self);
}

/// <summary>The tests' own format, with manifests of its own.</summary>
public sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 990_001;

    public override string Manifest(object o) => o switch
    {
        Note => "note",
        Notes => "notes",
        _ => throw new ArgumentException($"{o.GetType()} has no format.", nameof(o)),
    };

    public override byte[] ToBinary(object obj) =>
        Encoding.UTF8.GetBytes(obj is Note note ? note.Text : string.Join('\n', ((Notes)obj).Texts));

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "note" => new Note(Encoding.UTF8.GetString(bytes)),
        "notes" => new Notes([.. Encoding.UTF8.GetString(bytes).Split('\n')]),
        _ => throw new ArgumentException($"No format has the name {manifest}.", nameof(manifest)),
    };
}

/// <summary>Stands where Akka's default serializer is, and refuses: nothing of Akka.Persistence may need it.</summary>
public sealed class RefusingSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 990_002;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new NotSupportedException($"{obj.GetType()} has no serializer.");

    public override object FromBinary(byte[] bytes, Type? type) => throw new NotSupportedException("No such thing was ever written.");
}
