namespace Diten.Model.Scenarios;

/// <summary>Which version of the learner's policy holds in which slot: by slots alone, never by how long anything takes.</summary>
/// <remarks>Version k, trained on the decisions of all slots before kP, holds from slot kP + L on; before that, version 0, which is untrained.</remarks>
/// <param name="PeriodSlots">P, slots between two versions; at least 1.</param>
/// <param name="LagSlots">L, slots that the emulation goes on while a version is trained; 0 = it waits.</param>
public readonly record struct TrainingSchedule(int PeriodSlots, int LagSlots)
{
    /// <summary>The version that decides in a slot.</summary>
    public int VersionAt(int slot) => slot < LagSlots ? 0 : (slot - LagSlots) / PeriodSlots;

    /// <summary>The first slot in which a version decides.</summary>
    public int FirstSlotOf(int version) => version == 0 ? 0 : version * PeriodSlots + LagSlots;

    /// <summary>Whether all that a version is trained on is known once the decisions of all slots before <paramref name="slot"/> are.</summary>
    public bool IsDue(int version, int slot) => slot >= version * PeriodSlots;
}
