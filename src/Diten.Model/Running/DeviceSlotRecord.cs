namespace Diten.Model.Running;

/// <summary>One device-slot, as the base station that the device was attached to recorded it. Metres, seconds.</summary>
/// <param name="Server">The server that ran the task; −1 where uncovered.</param>
/// <param name="Queue">Deficit queue Q(t + 1), after the slot.</param>
/// <param name="Reward">R_t (16); 0 where uncovered.</param>
public readonly record struct DeviceSlotRecord(
    int Slot, int Device, int Station, double X, double Y, int Server, TaskOutcome Outcome, bool Migrated,
    double DeadlineSeconds, double LatencySeconds, double PredictedSeconds, double UplinkSeconds, double PropagationSeconds,
    double QueueingSeconds, double ComputationSeconds, double OutageSeconds, double Queue, double Reward);
