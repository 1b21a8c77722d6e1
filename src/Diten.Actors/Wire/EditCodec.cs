using System.Runtime.Serialization;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>How a run is changed while it goes on, on the wire and in the journal.</summary>
internal static class EditCodec
{
    public static Contracts.EditRun Write(EditRun message) => new()
    {
        RunId = message.RunId,
        Number = message.Number,
        Change = Write(message.Change),
        TakenSlot = message.TakenSlot,
    };

    public static EditRun Read(Contracts.EditRun contract) => new(contract.RunId, contract.Number, Read(contract.Change), contract.TakenSlot);

    public static Contracts.EditRefused Write(EditRefused message) => new()
    {
        RunId = message.RunId,
        Number = message.Number,
        Change = Write(message.Change),
        Reason = message.Reason,
    };

    public static EditRefused Read(Contracts.EditRefused contract) => new(contract.RunId, contract.Number, Read(contract.Change), contract.Reason);

    public static Contracts.RunEditTold Write(RunEditTold message) => new() { RunId = message.RunId, Number = message.Number, Edit = Write(message.Edit) };

    public static RunEditTold Read(Contracts.RunEditTold contract) => new(contract.RunId, contract.Number, Read(Required(contract.Edit)));

    public static Contracts.EditsTaken Write(EditsTaken message) => new() { RunId = message.RunId, Count = message.Count };

    public static EditsTaken Read(Contracts.EditsTaken contract) => new(contract.RunId, contract.Count);

    public static Contracts.RunEdited Write(RunEdited edited) => new()
    {
        Slot = edited.Slot,
        Change = Write(edited.Change),
        ScenarioText = edited.ScenarioText,
        World = edited.World,
        Told = edited.Told,
    };

    public static RunEdited Read(Contracts.RunEdited contract) =>
        new(contract.Slot, Read(contract.Change), contract.ScenarioText, contract.World, contract.Told);

    private static Contracts.RunChange Write(RunChange change) => new() { Kind = (int)change.Kind, Text = change.Text, File = change.File };

    private static RunChange Read(Contracts.RunChange? contract) => Required(contract).Kind is >= 0 and <= (int)RunChangeKind.SwitchPolicy
        ? new RunChange((RunChangeKind)contract!.Kind, contract.Text, contract.File)
        : throw new SerializationException($"There is no change {contract!.Kind} of a run.");
}
