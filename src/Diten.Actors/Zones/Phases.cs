namespace Diten.Actors;

/// <summary>What happens in one phase of a slot, between two barriers.</summary>
internal enum PhaseKind : byte
{
    /// <summary>Devices that came are attached; before slot 0, zones tell servers how many devices count there.</summary>
    Attach,
    /// <summary>Before slot 0: servers tell their twins what they are like.</summary>
    Prime,
    /// <summary>Before slot 0: twins publish what stations need in slot 0; so do servers that can be asked.</summary>
    PublishFirst,
    /// <summary>Stations send beacons, devices report; stations tell each other what their devices radiate.</summary>
    Report,
    /// <summary>Stations decide for the devices whose turn it is; after the last round they submit the tasks.</summary>
    Decide,
    /// <summary>Twins that learnt of placements publish anew; so do servers that can be asked.</summary>
    Learn,
    /// <summary>Services leave their old servers.</summary>
    Migrate,
    /// <summary>Servers execute tasks and tell their twins.</summary>
    Execute,
    /// <summary>Stations close the slot and hand devices over; twins publish for the next slot; so do servers that can be asked.</summary>
    Complete,
    /// <summary>Between two slots: everybody tells what it is, for a checkpoint. No exchange with other zones.</summary>
    Checkpoint,
}

/// <summary>A phase of a slot, as it is begun by a zone.</summary>
/// <param name="Slot">The slot; −1 before the run.</param>
/// <param name="Index">Its place in the slot's plan.</param>
/// <param name="Round">Decision round, for <see cref="PhaseKind.Decide"/> and <see cref="PhaseKind.Learn"/>; for
/// <see cref="PhaseKind.Report"/> 0 where stations decide at once, without waiting for interference; else −1.</param>
internal sealed record Phase(int Slot, int Index, PhaseKind Kind, int Round)
{
    /// <summary>The phases before slot 0.</summary>
    public static IReadOnlyList<(PhaseKind Kind, int Round)> BeforeTheRun { get; } =
        [(PhaseKind.Attach, -1), (PhaseKind.Prime, -1), (PhaseKind.PublishFirst, -1)];

    /// <summary>The phases before the first slot after a checkpoint: all are attached, and twins publish again.</summary>
    public static IReadOnlyList<(PhaseKind Kind, int Round)> AfterRestore { get; } = [(PhaseKind.Attach, -1), (PhaseKind.PublishFirst, -1)];

    /// <summary>The phases of every slot. Without interference, stations need not wait for each other before the first decision.</summary>
    public static IReadOnlyList<(PhaseKind Kind, int Round)> OfASlot(int rounds, bool interference)
    {
        var plan = new List<(PhaseKind, int)> { (PhaseKind.Report, interference ? -1 : 0) };
        for (var round = 0; round < rounds; round++)
        {
            if (round > 0 || interference)
                plan.Add((PhaseKind.Decide, round));
            if (round < rounds - 1)
                plan.Add((PhaseKind.Learn, round));
        }

        plan.AddRange([(PhaseKind.Migrate, -1), (PhaseKind.Execute, -1), (PhaseKind.Complete, -1)]);
        return plan;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"slot {Slot}, phase {Kind}{(Round >= 0 ? FormattableString.Invariant($" (round {Round})") : "")}");
}
