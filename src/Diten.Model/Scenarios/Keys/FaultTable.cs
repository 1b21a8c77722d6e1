using Diten.Model.Faults;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Every key of a fault, in the order in which faults are written.</summary>
internal static class FaultTable
{
    private static readonly FaultKind[] All = Enum.GetValues<FaultKind>();
    private static readonly FaultKind[] OnLinks = [FaultKind.Cut, FaultKind.Limit, FaultKind.Drop, FaultKind.Corrupt, FaultKind.Delay, FaultKind.Duplicate];

    /// <summary>Mean slots of a renewal: at least one.</summary>
    private static readonly Bounds FromOne = new(1, double.PositiveInfinity);

    /// <summary>Some names stand there twice or more: they mean something else for other kinds.</summary>
    public static IReadOnlyList<FaultKey> Keys { get; } = [.. Which(), .. When(), .. HowMuch()];

    /// <summary>Parts of which a fault has at most one: how its targets are chosen, its slots, and the messages that are lost.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OneOf { get; } =
        [["ids", "share", "circle", "rectangle"], ["slots", "at", "renewal"], ["probability", "burst"]];

    /// <summary>The key <c>kind</c>.</summary>
    public static FaultKey Kind => Keys[0];

    /// <summary>The key of that name that a kind takes, or null.</summary>
    public static FaultKey? Find(string name, FaultKind kind) => Keys.FirstOrDefault(key => key.Name == name && key.Kinds.Contains(kind));

    /// <summary>Keys that a kind takes.</summary>
    public static IEnumerable<FaultKey> Of(FaultKind kind) => Keys.Where(key => key.Kinds.Contains(kind));

    private static IEnumerable<FaultKey> Which()
    {
        yield return Key("kind", All, new ChoiceKind<FaultKind>(), f => f.Kind, (f, v) => f with { Kind = v }, "what it does");
        yield return Key("link", OnLinks, new SomeChoicesKind<FaultWhat>(FaultWhat.Sync, FaultWhat.Request, FaultWhat.Report, FaultWhat.Estimate),
            f => f.What, (f, v) => f with { What = v },
            "whose messages it strikes: sync = server to twin, request = twin to server, report = station to twin, estimate = twin to station");
        yield return Key("on", [.. All.Except(OnLinks)],
            new SomeChoicesKind<FaultWhat>(FaultWhat.Twins, FaultWhat.Servers, FaultWhat.Stations, FaultWhat.Radio, FaultWhat.Backhaul),
            f => f.What, (f, v) => f with { What = v }, "what it strikes");
        yield return Key("ids", All, new WholeListKind("ids of servers or stations"),
            f => f.Ids, (f, v) => f with { Selection = FaultSelection.Ids, Ids = v }, "only these; of a link: the servers whose twins are at its end",
            isSet: f => f.Selection == FaultSelection.Ids);
        yield return Key("share", All, new QuantityKind(Dimension.Number, Bounds.Fraction),
            f => f.Share, (f, v) => f with { Selection = FaultSelection.Share, Share = v }, "each is drawn once, with this probability",
            isSet: f => f.Selection == FaultSelection.Share);
        yield return Key("circle", All, new CircleKind(), f => (X: f.CircleX, Y: f.CircleY, Radius: f.CircleRadius),
            (f, v) => f with { Selection = FaultSelection.Circle, CircleX = v.X, CircleY = v.Y, CircleRadius = v.Radius },
            "those that stand in it, the edge included", isSet: f => f.Selection == FaultSelection.Circle);
        yield return Key("rectangle", All, new RectangleKind(), f => (LowX: f.LowX, LowY: f.LowY, HighX: f.HighX, HighY: f.HighY),
            (f, v) => f with { Selection = FaultSelection.Rectangle, LowX = v.LowX, LowY = v.LowY, HighX = v.HighX, HighY = v.HighY },
            "those that stand in it", isSet: f => f.Selection == FaultSelection.Rectangle);
    }

    private static IEnumerable<FaultKey> When()
    {
        yield return Key("slots", All, new SlotWindowKind(), f => (From: f.FromSlot, To: f.ToSlot),
            (f, v) => f with { Timing = FaultTiming.Slots, FromSlot = v.From, ToSlot = v.To }, "only in these slots", isSet: f => f.Timing == FaultTiming.Slots);
        yield return Key("at", All, new WholeListKind("slots"),
            f => f.At, (f, v) => f with { Timing = FaultTiming.At, At = v }, "only in these slots", isSet: f => f.Timing == FaultTiming.At);
        yield return Key("renewal.between", All, new QuantityKind(Dimension.Number, FromOne),
            f => f.RenewalBetweenSlots, (f, v) => f with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = v },
            "again and again, each target by itself: mean slots from one end to the next beginning", isSet: f => f.Timing == FaultTiming.Renewal);
        yield return Key("renewal.lasting", All, new QuantityKind(Dimension.Number, FromOne),
            f => f.RenewalLastingSlots, (f, v) => f with { Timing = FaultTiming.Renewal, RenewalLastingSlots = v },
            "mean slots that it lasts each time", isSet: f => f.Timing == FaultTiming.Renewal);
        yield return Key("renewal.slots", All, new SlotWindowKind(),
            f => (From: f.RenewalFromSlot, To: f.RenewalToSlot), (f, v) => f with { Timing = FaultTiming.Renewal, RenewalFromSlot = v.From, RenewalToSlot = v.To },
            "only in these slots; it is over before the first of them (without: all)",
            isSet: f => f.Timing == FaultTiming.Renewal && (f.RenewalFromSlot > 0 || f.RenewalToSlot < int.MaxValue), optional: true);
    }

    private static IEnumerable<FaultKey> HowMuch()
    {
        yield return Key("probability", [FaultKind.Drop, FaultKind.Corrupt, FaultKind.Duplicate], new QuantityKind(Dimension.Number, Bounds.Fraction),
            f => f.Probability, (f, v) => f with { Probability = v }, "of each message by itself", isSet: f => !f.HasBurst);
        yield return Key("burst.start", [FaultKind.Drop], new QuantityKind(Dimension.Number, Bounds.Fraction),
            f => f.BurstStart, (f, v) => f with { HasBurst = true, BurstStart = v },
            "instead of a probability: probability in each slot that a burst starts, in which all messages of a target are lost", isSet: f => f.HasBurst);
        yield return Key("burst.end", [FaultKind.Drop], new QuantityKind(Dimension.Number, Bounds.Fraction),
            f => f.BurstEnd, (f, v) => f with { HasBurst = true, BurstEnd = v }, "and that one ends; start + end is at most 1", isSet: f => f.HasBurst);
        yield return Key("by", [FaultKind.Delay], new WholeRangeKind(0, LinkFate.MostDelaySlots),
            f => (Low: f.DelayLowSlots, High: f.DelayHighSlots), (f, v) => f with { DelayLowSlots = v.Low, DelayHighSlots = v.High },
            "slots that each message is late; of a range, each is as likely", standard: "0");
        yield return Key("stay", [FaultKind.Delay], new QuantityKind(Dimension.Number, Bounds.FractionBelowOne),
            f => f.Stay, (f, v) => f with { Stay = v }, "probability of one more slot, again and again", isSet: f => f.Stay > 0, standard: "0");
        yield return Key("every", [FaultKind.Limit], new WholeNumberKind(1),
            f => f.Every, (f, v) => f with { Every = v }, "only messages of slots that this divides get through");
        yield return Key("by", [FaultKind.Bias], new QuantityKind(Dimension.Frequency, Bounds.Any),
            f => f.AmountHertz, (f, v) => f with { AmountHertz = v }, "added to the free capacity that is published; negative = less");
        yield return Key("by", [FaultKind.Drift], new QuantityKind(Dimension.Frequency, Bounds.Any),
            f => f.AmountHertz, (f, v) => f with { AmountHertz = v }, "added to it in the first slot, twice in the second, and so on");
        yield return Key("standard-deviation", [FaultKind.Noise], new QuantityKind(Dimension.Frequency, Bounds.NotNegative),
            f => f.AmountHertz, (f, v) => f with { AmountHertz = v }, "of what is added, drawn for each publication");
        yield return Key("factor", [FaultKind.Lie], new QuantityKind(Dimension.Number, Bounds.Positive),
            f => f.Factor, (f, v) => f with { Factor = v }, "on the free capacity that is published");
        yield return Key("hides-tasks", [FaultKind.Lie], new SwitchKind(),
            f => f.HidesTasks, (f, v) => f with { HidesTasks = v }, "whether 0 tasks are published with it", standard: "true");
        yield return Key("factor", [FaultKind.Slow], new QuantityKind(Dimension.Number, Bounds.Positive),
            f => f.Factor, (f, v) => f with { Factor = v }, "on a server's free capacity, or on the backhaul's latency ψ");
        yield return Key("by", [FaultKind.ClockSkew], new WholeNumberKind(-LinkFate.MostDelaySlots, LinkFate.MostDelaySlots),
            f => f.SkewSlots, (f, v) => f with { SkewSlots = v }, "slots by which syncs look younger than they are; negative = older");
        yield return Key("power", [FaultKind.Jam], new QuantityKind(Dimension.Power, Bounds.NotNegative),
            f => f.PowerWatts, (f, v) => f with { PowerWatts = v }, "added to the noise σ²");
        yield return Key("durable", [FaultKind.Crash], new SwitchKind(),
            f => f.Durable, (f, v) => f with { Durable = v }, "whether the twin still knows afterwards what it knew when the crash began", standard: "true");
    }

    private static FaultKey<T> Key<T>(
        string name, FaultKind[] kinds, ValueKind<T> kind, Func<Fault, T> get, Func<Fault, T, Fault> set, string meaning,
        Func<Fault, bool>? isSet = null, string? standard = null, bool optional = false) =>
        new(kind, get, set, isSet)
        {
            Name = name,
            Meaning = meaning,
            Kinds = kinds,
            Default = standard,
            IsOptional = optional,
        };
}
