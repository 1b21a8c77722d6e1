using Diten.Model.Records;

namespace Diten.Model.Offloading.Bounds;

/// <summary>One journey of a recorded run: what was done, and what could have been.</summary>
/// <param name="Device">Who made it.</param>
/// <param name="FirstSlot">Its first slot.</param>
/// <param name="Slots">By slot, the candidates and the latency that the device would have got on each, the others as recorded.</param>
/// <param name="Tasks">Slots in which the device was covered.</param>
/// <param name="Migrations">Migrations as recorded.</param>
/// <param name="Seconds">Σ T_glob as recorded, seconds.</param>
/// <param name="OutageSeconds">What a migration adds to the latency of its slot, seconds.</param>
/// <param name="Whole">False where the run ended in mid-journey.</param>
/// <param name="Records">By slot, what was recorded of the device.</param>
/// <param name="CountedAt">
/// Server where twins count the device as the journey begins: that of its last task, in slot 0 its nearest; −1 where there was none.
/// </param>
public sealed record RecordedJourney(
    int Device, int FirstSlot, JourneySlot[] Slots, int Tasks, int Migrations, double Seconds, double OutageSeconds, bool Whole,
    ReadOnlyMemory<DeviceSlotRecord> Records, int CountedAt)
{
    /// <summary>The least total latencies that it could have had; compare <see cref="JourneyFrontier.AtMost"/> at its own migrations.</summary>
    public JourneyFrontier Frontier() => JourneyFrontier.Of(Slots, OutageSeconds);
}
