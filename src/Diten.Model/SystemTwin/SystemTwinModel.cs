using System.Collections.Immutable;
using Diten.Model.Scenarios;

namespace Diten.Model.SystemTwin;

/// <summary>The system's twin as a generative model, fitted slot by slot to what twins and stations report (model.md §2). Immutable.</summary>
/// <remarks>
/// <para>
/// It generates by resampling what it was told: a play (<see cref="TwinEnvironment"/>) begins anywhere in the window, and takes the transitions of
/// free capacity, deviations, tasks and journeys from there on as they were reported, all together, so that they stay as correlated as they are,
/// whatever mobility, background load and estimator the scenario has. Load alone is not taken as it was: it comes from the decisions of the play,
/// on top of what twins tell beyond the recorded devices' tasks.
/// </para>
/// <para>
/// Why not a chain for each server, drawn apart from the others and from the devices: cost of training there instead of in the emulation, in reward
/// per slot over six paired seeds, sampled decisions where devices herd (scenarios/herding.conf): resampled, all devices playing −0.4 ± 0.6 %;
/// resampled, each device playing against the others as recorded +0.7 ± 0.6 %; chains for capacity and load +27.7 ± 1.3 %, which is worse than
/// drift-plus-penalty, +19.1 ± 1.3 %. Where they do not herd (scenarios/paper.conf), all three cost 0.1 to 0.4 %.
/// </para>
/// </remarks>
/// <param name="Window">Slots that are kept; at least 1.</param>
/// <param name="Slots">The last of them, consecutive.</param>
public sealed record SystemTwinModel(int Window, ImmutableArray<RecordedSlot> Slots)
{
    /// <summary>A model that has heard of nothing yet.</summary>
    public static SystemTwinModel Fresh(Scenario scenario) => new(WindowOf(scenario), []);

    /// <summary>Slots that a scenario's model keeps: a journey may begin in any of as many slots as it has, and be played to its end.</summary>
    public static int WindowOf(Scenario scenario) => 2 * scenario.Devices.JourneySlots + 2;

    /// <summary>The model after one more slot.</summary>
    /// <param name="reports">Of all zones, in any order.</param>
    /// <exception cref="InvalidDataException">The slot is not the next one, or its servers or devices are others than before.</exception>
    public SystemTwinModel Observe(int slot, IReadOnlyList<SystemReport> reports)
    {
        if (Slots.Length > 0 && slot != Slots[^1].Slot + 1)
            throw new InvalidDataException($"Slot {slot} was reported after slot {Slots[^1].Slot}.");
        var next = RecordedSlot.Of(slot, reports, Slots.Length > 0 ? Slots[^1] : null);
        return this with { Slots = [.. Slots.Length < Window ? Slots : Slots[^(Window - 1)..], next] };
    }
}
