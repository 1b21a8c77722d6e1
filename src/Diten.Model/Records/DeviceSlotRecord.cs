namespace Diten.Model.Records;

/// <summary>One device-slot, as the base station that the device was attached to recorded it. Metres, seconds.</summary>
/// <param name="Server">The server that ran the task, or lost it; −1 where uncovered.</param>
/// <param name="LatencySeconds">T_glob; 0 where uncovered or lost. Its prediction and parts are 0 where uncovered; of a lost task they are what was decided, without queueing and computation.</param>
/// <param name="Queue">Deficit queue Q(t + 1), after the slot.</param>
/// <param name="Reward">R_t (16); 0 where uncovered or lost.</param>
public readonly record struct DeviceSlotRecord(
    int Slot, int Device, int Station, double X, double Y, int Server, TaskOutcome Outcome, bool Migrated,
    double DeadlineSeconds, double LatencySeconds, double PredictedSeconds, double UplinkSeconds, double PropagationSeconds,
    double QueueingSeconds, double ComputationSeconds, double OutageSeconds, double Queue, double Reward)
{
    /// <summary>T_glob less the least that any candidate would have given; NaN where it was not measured.</summary>
    public double RegretSeconds { get; init; } = double.NaN;

    /// <summary>Age of the chosen server's twin when it was decided, slots; −1 where nothing was chosen.</summary>
    public int ChosenAgeSlots { get; init; } = -1;
}
