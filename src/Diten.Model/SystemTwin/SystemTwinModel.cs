using System.Collections.Immutable;
using Diten.Model.Scenarios;

namespace Diten.Model.SystemTwin;

/// <summary>The system's twin as a generative model, fitted slot by slot to what twins and stations report (MODEL §2). Immutable.</summary>
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
