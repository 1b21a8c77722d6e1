using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.Offloading;

/// <summary>A task k_t = (η, λ, γ) and the power it is sent with (model.md §1, Task).</summary>
/// <param name="DataBits">η, bits.</param>
/// <param name="Cycles">λ, CPU cycles.</param>
/// <param name="DeadlineSeconds">γ, seconds.</param>
/// <param name="PowerWatts">Transmit power, watts.</param>
public readonly record struct OffloadingTask(double DataBits, double Cycles, double DeadlineSeconds, double PowerWatts)
{
    /// <summary>The task of a device in a slot: drawn from the ranges of the scenario, the same whoever asks.</summary>
    public static OffloadingTask Draw(Scenario scenario, int device, int slot)
    {
        var (data, cyclesPerBit) = RandomStreams.UniformPair(scenario.Seed, device, slot, Purpose.Task, 0);
        var (deadline, power) = RandomStreams.UniformPair(scenario.Seed, device, slot, Purpose.Task, 1);
        var bits = scenario.Tasks.DataBits.At(data);
        return new OffloadingTask(
            bits,
            bits * scenario.Tasks.CyclesPerBit.At(cyclesPerBit),
            scenario.Tasks.DeadlineSeconds.At(deadline),
            scenario.Radio.TransmitPowerWatts.At(power));
    }
}
