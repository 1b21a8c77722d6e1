namespace Diten.Model.Scenarios.Keys;

/// <summary>The keys of <c>twins</c>: what servers tell them, and what they make of it.</summary>
internal static class TwinKeys
{
    public static IEnumerable<ScenarioKey> Rows()
    {
        var twins = new ScenarioSection<TwinsSection>("twins.", s => s.Twins, (s, v) => s with { Twins = v });
        yield return twins.Choice("deviation.source", s => s.DeviationSource, (s, v) => s with { DeviationSource = v },
            "Whether f̂ is drawn (the paper), or comes from stale twins alone (model.md §2)");
        yield return twins.Quantity("deviation.mean", Dimension.Frequency, Bounds.Any,
            s => s.DeviationMeanHertz, (s, v) => s with { DeviationMeanHertz = v }, "injected: mean of f̂, eqs. (1), (9)")
            .When("twins.deviation.source", "injected");
        yield return twins.Quantity("deviation.standard-deviation", Dimension.Frequency, Bounds.NotNegative,
            s => s.DeviationStandardDeviationHertz, (s, v) => s with { DeviationStandardDeviationHertz = v },
            "injected: standard deviation of f̂, drawn per server and slot")
            .When("twins.deviation.source", "injected");
        yield return twins.Choice("deviation.side", s => s.DeviationSide, (s, v) => s with { DeviationSide = v },
            "injected: whether f̂ is added to what the server does, or taken from what the twin says (model.md §2)")
            .When("twins.deviation.source", "injected");
        yield return twins.Switch("calibrated", s => s.Calibrated, (s, v) => s with { Calibrated = v },
            "Whether policies predict by eq. (10); else by eq. (8)");
        yield return twins.Choice("estimator", s => s.Estimator, (s, v) => s with { Estimator = v },
            "What a twin makes of the states it was sent (model.md §2)");
        yield return twins.Quantity("ewma-weight", Dimension.Number, Bounds.PositiveFraction,
            s => s.EwmaWeight, (s, v) => s with { EwmaWeight = v }, "ewma: weight of a new value")
            .When("twins.estimator", "ewma");
        yield return twins.Quantity("kalman-drift", Dimension.Number, Bounds.Positive,
            s => s.KalmanDrift, (s, v) => s with { KalmanDrift = v }, "kalman: standard deviation of a slot's drift, as a share of the estimate")
            .When("twins.estimator", "kalman");
        yield return twins.Quantity("kalman-reading", Dimension.Number, Bounds.Positive,
            s => s.KalmanReading, (s, v) => s with { KalmanReading = v }, "kalman: standard deviation of a reading, as a share of the estimate")
            .When("twins.estimator", "kalman");
        yield return twins.Quantity("correlation", Dimension.Number, Bounds.FractionBelowOne,
            s => s.Correlation, (s, v) => s with { Correlation = v }, "mean-reverting: ρ, by which a reading counts less with every slot (model.md §10)")
            .When("twins.estimator", "mean-reverting");
        yield return twins.Choice("load", s => s.Load, (s, v) => s with { Load = v },
            "What a twin makes of the tasks that it was told of (model.md §10)");
        yield return twins.Quantity("load-correlation", Dimension.Number, Bounds.FractionBelowOne,
            s => s.LoadCorrelation, (s, v) => s with { LoadCorrelation = v }, "aged: ρₙ, by which tasks count less with every slot (model.md §10)")
            .When("twins.load", "aged");
        yield return twins.Choice("exact", s => s.Exact, (s, v) => s with { Exact = v },
            "A control, which no real twin can do: what twins publish as one in perfect sync would (model.md §10)");
        yield return twins.Choice("sync", s => s.Sync, (s, v) => s with { Sync = v },
            "Whether a sync is whole, or rests on the one before (model.md §10)");
        yield return twins.Choice("resync", s => s.Resync, (s, v) => s with { Resync = v },
            "delta: how long a server that was asked sends whole states (model.md §10)")
            .When("twins.sync", "delta");
        yield return twins.Choice("send", s => s.Send, (s, v) => s with { Send = v }, "In which slots a server tells its twin (model.md §10)");
        yield return twins.Whole("send-every", 1, s => s.SendEverySlots, (s, v) => s with { SendEverySlots = v },
            "every: only slots that this divides are told")
            .When("twins.send", "every");
        yield return twins.Quantity("send-change", Dimension.Number, Bounds.NotNegative,
            s => s.SendChange, (s, v) => s with { SendChange = v }, "on-change: relative change of c since the last sync above which a slot is told")
            .When("twins.send", "on-change");
        yield return twins.Whole("heartbeat", 1, s => s.HeartbeatSlots, (s, v) => s with { HeartbeatSlots = v },
            "on-change: slots of silence after which a slot is told in any case")
            .When("twins.send", "on-change");
        yield return twins.Whole("suspect-age", 0, s => s.SuspectAgeSlots, (s, v) => s with { SuspectAgeSlots = v },
            "Age in slots above which a twin is suspect (model.md §10)");
        yield return twins.Whole("desync-age", 0, s => s.DesyncAgeSlots, (s, v) => s with { DesyncAgeSlots = v },
            "Age in slots above which a twin is desynchronised (model.md §10)");
        yield return twins.Whole("hosts-block", 1, s => s.HostsBlock, (s, v) => s with { HostsBlock = v },
            "Side of the square block of stations whose twins share a host (model.md §2, System cost)");
    }
}
