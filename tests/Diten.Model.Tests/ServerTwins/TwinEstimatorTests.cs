using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>
/// What a twin publishes, slot by slot, at values worked out by hand. Before the run it is told 10 GHz and 4 tasks, of slot 0 14 GHz and 6 tasks, of
/// slot 3 8 GHz and 10 tasks; the syncs of slots 1 and 2 are lost, and no more come after that.
/// </summary>
public sealed class TwinEstimatorTests
{
    private static readonly Scenario Emergent = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    private static readonly int[] Ages = [0, 0, 1, 2, 0, 1];

    [Fact]
    public void Last_value_keeps_the_last_one() =>
        Expect(new TwinsSection { Estimator = TwinEstimator.LastValue }, [10, 14, 14, 14, 8, 8], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]);

    [Fact]
    public void A_smoothed_estimate_stands_still_in_silence() =>
        // 10 + ¼ · 4, 11 − ¼ · 3; error 0 + ¼ · (14 − 11), 0.75 + ¼ · (8 − 10.25 − 0.75)
        Expect(
            new TwinsSection { Estimator = TwinEstimator.Ewma, EwmaWeight = 0.25 }, [10, 11, 11, 11, 10.25, 10.25], [0, 0.75, 0.75, 0.75, 0, 0],
            [0, 0, 0, 0, 0, 0]);

    [Fact]
    public void A_Kalman_filters_variance_grows_with_every_slot_of_silence_and_the_next_reading_counts_the_more()
    {
        // In GHz: 10 ± 2 (0.2 of it). A slot adds (0.1 · 10)² = 1: 5 before the reading, gain 5 / (5 + 4), 10 + 5/9 · 4 = 110/9, variance 4/9 · 5.
        // Then a slot adds (11/9)² = 121/81; three before the reading of slot 3: (180 + 363)/81, the reading's (22/9)² = 484/81, gain 543/1027.
        const double second = 110.0 / 9, third = second + 543.0 / 1027 * (8 - second);
        const double error = 5.0 / 9 * (14 - second), lateError = error + 543.0 / 1027 * (8 - third - error);
        const double variance = 484.0 / 1027 * 543 / 81;
        Expect(
            new TwinsSection { Estimator = TwinEstimator.Kalman, KalmanDrift = 0.1, KalmanReading = 0.2 },
            [10, second, second, second, third, third],
            [0, error, error, error, lateError, lateError],
            [2, Math.Sqrt(20.0 / 9), Math.Sqrt(301) / 9, Math.Sqrt(422) / 9, Math.Sqrt(variance), Math.Sqrt(variance + 0.01 * third * third)]);
    }

    [Fact]
    public void A_mean_reverting_estimate_goes_back_to_the_mean_of_what_was_read() =>
        // Mean 12, and 2 above it, halved in each slot; then mean 32/3, and 8/3 below it.
        Expect(
            new TwinsSection { Estimator = TwinEstimator.MeanReverting, Correlation = 0.5 }, [10, 14, 13, 12.5, 8, 28.0 / 3], [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0]);

    [Fact]
    public void The_mean_is_that_of_all_that_was_read_however_old_it_is() =>
        // 10; (10 + 14)/2; (10 + 14 + 8)/3
        Expect(new TwinsSection { Estimator = TwinEstimator.Mean }, [10, 12, 12, 12, 32.0 / 3, 32.0 / 3], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]);

    [Fact]
    public void Mean_tasks_are_those_of_all_syncs_and_the_changes_of_this_slot_but_never_below_zero()
    {
        var scenario = With(new TwinsSection { Load = TwinLoad.Mean });
        var told = Publications(scenario);

        double[] exact = [4, 5, 5, 5, 20.0 / 3, 20.0 / 3];
        Assert.Equal([4, 5, 5, 5, 7, 7], told.Select(estimate => estimate.Tasks));
        for (var slot = 0; slot < told.Count; slot++)
            Assert.Equal(exact[slot], told[slot].Tasks + told[slot].TasksPart, 1e-12);

        var twin = ServerTwin.Apply(Synced(scenario), new ReportPlacements(9, -3), 1, scenario);
        Assert.Equal(2, ServerTwin.Publish(twin, scenario, Diten.Model.Faults.FaultPlan.None, 1, 0).Tasks); // (4 + 6)/2 − 3, in sync
        twin = ServerTwin.Apply(twin, new ReportPlacements(9, -3), 1, scenario);
        Assert.Equal(0, ServerTwin.Publish(twin, scenario, Diten.Model.Faults.FaultPlan.None, 1, 1).Tasks);
        twin = ServerTwin.EndSlot(twin, 1, scenario.Twins, []);
        Assert.Equal(5, ServerTwin.Publish(twin, scenario, 2).Tasks);
    }

    [Fact]
    public void Aged_tasks_go_back_to_their_mean_and_are_told_as_a_whole_number_and_a_part()
    {
        var scenario = With(new TwinsSection { Load = TwinLoad.Aged, LoadCorrelation = 0.5 });

        var told = Publications(scenario);

        // Mean 5, and 1 above it, halved in each slot; then mean 20/3, and 10/3 above it.
        Assert.Equal([4, 6, 6, 5, 10, 8], told.Select(estimate => estimate.Tasks));
        double[] exact = [4, 6, 5.5, 5.25, 10, 20.0 / 3 + 5.0 / 3];
        for (var slot = 0; slot < told.Count; slot++)
            Assert.Equal(exact[slot], told[slot].Tasks + told[slot].TasksPart, 1e-12);
    }

    [Fact]
    public void To_aged_tasks_the_changes_of_this_slot_are_added_but_never_below_zero()
    {
        var scenario = With(new TwinsSection { Load = TwinLoad.Aged, LoadCorrelation = 0.5 });
        var twin = ServerTwin.Apply(Synced(scenario), new ReportPlacements(9, -3), 2, scenario);

        var told = ServerTwin.Publish(twin, scenario, Diten.Model.Faults.FaultPlan.None, 2, 0);
        Assert.Equal((3, -0.5, 0), (told.Tasks, told.TasksPart, told.Round)); // 5.5 − 3

        twin = ServerTwin.Apply(twin, new ReportPlacements(9, -3), 2, scenario);
        told = ServerTwin.Publish(twin, scenario, Diten.Model.Faults.FaultPlan.None, 2, 1);
        Assert.Equal((0, 0.0), (told.Tasks, told.TasksPart));
    }

    [Fact]
    public void A_twin_that_forgot_begins_to_remember_anew()
    {
        foreach (var load in new[] { TwinLoad.Aged, TwinLoad.Last })
        {
            var scenario = With(new TwinsSection { Estimator = TwinEstimator.MeanReverting, Correlation = 0.5, Load = load, LoadCorrelation = 0.5 });
            var twin = ServerTwin.Forget(Synced(scenario), 1, scenario, []);
            Assert.Equal((20e9, 0), (ServerTwin.Publish(twin, scenario, 7).FreeHertz, ServerTwin.Publish(twin, scenario, 7).Tasks));

            twin = ServerTwin.Apply(twin, new TwinSynchronized(8, 7, 12e9, 4), scenario.Twins);
            twin = ServerTwin.Apply(twin, new TwinSynchronized(9, 8, 16e9, 8), scenario.Twins);

            var told = ServerTwin.Publish(twin, scenario, 10);
            Assert.Equal(15e9, told.FreeHertz, 1e-12 * 15e9); // mean 14, and 2 above it
            Assert.Equal(load == TwinLoad.Aged ? 7 : 8, told.Tasks);
        }
    }

    [Fact]
    public void A_Kalman_filter_that_forgot_is_as_wide_as_the_scenarios_capacities()
    {
        var scenario = With(new TwinsSection { Estimator = TwinEstimator.Kalman, KalmanDrift = 0.1 });
        var twin = ServerTwin.Forget(Synced(scenario), 1, scenario, []);

        // Uniform in [15, 25] GHz: 100/12; a slot adds (0.1 · 20)².
        Assert.Equal(Math.Sqrt(100.0 / 12 + 8) * 1e9, ServerTwin.Publish(twin, scenario, 3).SpreadHertz, 1e-3);
    }

    private static Scenario With(TwinsSection twins) => Emergent with { Twins = twins with { DeviationSource = DeviationSource.Emergent } };

    private static ServerTwinState Primed(Scenario scenario) =>
        ServerTwin.Apply(ServerTwinState.Fresh(9), new TwinSynchronized(0, -1, 10e9, 4), scenario.Twins);

    private static ServerTwinState Synced(Scenario scenario) =>
        ServerTwin.Apply(Primed(scenario), new TwinSynchronized(1, 0, 14e9, 6), scenario.Twins);

    /// <summary>What is published for slots 0 to 5.</summary>
    private static List<TwinEstimate> Publications(Scenario scenario)
    {
        var twin = Primed(scenario);
        var told = new List<TwinEstimate>();
        for (var slot = 0; slot <= 5; slot++)
        {
            told.Add(ServerTwin.Publish(twin, scenario, slot));
            List<SynchronizeTwin> arrived = slot switch
            {
                0 => [new SynchronizeTwin(9, 1, 0, 14e9, 6)],
                3 => [new SynchronizeTwin(9, 4, 3, 8e9, 10)],
                _ => [],
            };
            twin = TwinSyncs.Take(twin, arrived, 0, scenario.Twins, []).State;
        }

        return told;
    }

    private static void Expect(TwinsSection twins, double[] gigahertz, double[] errors, double[] spreads)
    {
        var told = Publications(With(twins));

        Assert.Equal(Ages, told.Select(estimate => estimate.AgeSlots));
        for (var slot = 0; slot < told.Count; slot++)
        {
            Assert.Equal(gigahertz[slot], told[slot].FreeHertz / 1e9, 1e-12);
            Assert.Equal(errors[slot], told[slot].DeviationHertz / 1e9, 1e-12);
            Assert.Equal(spreads[slot], told[slot].SpreadHertz / 1e9, 1e-12);
        }
    }
}
