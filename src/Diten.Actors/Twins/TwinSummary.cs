using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>How well a twin knew its server over a run.</summary>
/// <param name="FreeErrorMeanHertz">Mean over the slots of |true − believed free capacity|, hertz.</param>
/// <param name="TasksErrorMean">Mean over the slots of |true − believed number of tasks|.</param>
/// <param name="LostSyncs">How often it noticed that it had missed a sync.</param>
/// <param name="Worst">The first slot with the largest error of free capacity, and where that is the same, of tasks.</param>
public sealed record TwinSummary(double FreeErrorMeanHertz, double TasksErrorMean, int LargestAgeSlots, int LostSyncs, TwinSlot Worst)
{
    /// <summary>Sums up a run.</summary>
    /// <param name="slots">At least one.</param>
    public static TwinSummary Of(IReadOnlyList<TwinSlot> slots) => new(
        slots.Average(FreeErrorHertz),
        slots.Average(TasksError),
        slots.Max(slot => slot.Believed.AgeSlots),
        slots.Sum(slot => slot.Happened.Count(happened => happened is TwinDesynchronized)),
        slots.MaxBy(slot => (FreeErrorHertz(slot), TasksError(slot)))!);

    private static double FreeErrorHertz(TwinSlot slot) => Math.Abs(slot.Truth.FreeHertz - slot.Believed.FreeHertz);

    private static int TasksError(TwinSlot slot) => Math.Abs(slot.Truth.Tasks - slot.Believed.Tasks);
}
