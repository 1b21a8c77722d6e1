using Diten.Model.ServerTwins;

namespace Diten.Model.Records;

/// <summary>One twin in one slot, where twins are measured (model.md §10).</summary>
/// <param name="AgeSlots">Slots since the newest accepted sync, also of a twin that publishes nothing; 0 = in sync.</param>
/// <param name="FreeLagHertz">Published free capacity less the true one of the slot before; 0 in slot 0, for which twins are told the truth.</param>
/// <param name="TasksLag">Likewise tasks.</param>
/// <param name="IncorrectAgeSlots">Slots since what was published was last right: c within 5 %, tasks within ½.</param>
/// <param name="SyncsSent">Syncs that its server sent in this slot, and what became of them; refused are those that arrived in it.</param>
public sealed record TwinSlotRecord(
    int AgeSlots, TwinCondition Condition, double FreeLagHertz, double TasksLag, int IncorrectAgeSlots,
    int SyncsSent, int SyncsLost, int SyncsLate, int SyncsDuplicated, int SyncsRefused);
