using System.Text.Json.Serialization;
using Diten.Model.Faults;

namespace Diten.View.Recordings;

/// <summary>
/// The faults of a run, with the targets that were drawn: so a recording knows whom they strike, and when, without the scenario, the files
/// that it names and the exact places of stations.
/// </summary>
/// <param name="Slot">First slot that may be otherwise than with the faults before.</param>
internal sealed record RecordedPlan(int Slot, IReadOnlyList<RecordedStrike> Faults)
{
    public static RecordedPlan Of(int slot, FaultPlan plan) => new(slot, [.. plan.All.Select(RecordedStrike.Of)]);

    /// <summary>A plan that strikes the same targets in the same slots; by how much is not recorded.</summary>
    public FaultPlan ToPlan(RecordedWorld world)
    {
        var (stations, servers) = (new double[world.StationX.Length], new double[world.StationOfServer.Length]); // no fault asks where they are
        return FaultPlan.Create(new FaultMap(Faults.Select(strike => strike.ToFault())), world.Seed, stations, stations, servers, servers);
    }
}

/// <summary>A fault: whom it strikes, and when.</summary>
/// <param name="Targets">Ids, ascending; null = all.</param>
/// <param name="From">With slots and renewals: the first slot.</param>
/// <param name="To">Likewise: the slot after the last one.</param>
/// <param name="At">With single slots: those.</param>
/// <param name="BetweenSlots">With renewals: mean slots between two times.</param>
/// <param name="LastingSlots">With renewals: mean slots of one.</param>
internal sealed record RecordedStrike(
    string Name,
    [property: JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))] FaultKind Kind,
    [property: JsonConverter(typeof(JsonStringEnumConverter<FaultWhat>))] FaultWhat What,
    [property: JsonConverter(typeof(JsonStringEnumConverter<FaultTiming>))] FaultTiming Timing,
    int[]? Targets, int From, int To, int[] At, double BetweenSlots, double LastingSlots)
{
    public static RecordedStrike Of(PlannedFault planned)
    {
        var fault = planned.Fault;
        var (from, to) = fault.Timing == FaultTiming.Renewal ? (fault.RenewalFromSlot, fault.RenewalToSlot) : (fault.FromSlot, fault.ToSlot);
        return new RecordedStrike(
            fault.Name, fault.Kind, fault.What, fault.Timing, fault.Selection == FaultSelection.All ? null : [.. planned.Targets],
            from, to, [.. fault.At.Values], fault.RenewalBetweenSlots, fault.RenewalLastingSlots);
    }

    public Fault ToFault() => new()
    {
        Name = Name,
        Kind = Kind,
        What = What,
        Selection = Targets is null ? FaultSelection.All : FaultSelection.Ids,
        Ids = new WholeNumbers(Targets ?? []),
        Timing = Timing,
        FromSlot = From,
        ToSlot = To,
        At = new WholeNumbers(At),
        RenewalBetweenSlots = BetweenSlots,
        RenewalLastingSlots = LastingSlots,
        RenewalFromSlot = From,
        RenewalToSlot = To,
    };
}
