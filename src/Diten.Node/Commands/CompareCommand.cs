using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Comparisons;

namespace Diten.Node.Commands;

/// <summary><c>diten compare</c>: several policies on the same random numbers, with intervals, paired differences and offline bounds.</summary>
internal sealed class CompareCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly ExperimentOptions _options = new("runs/compare-<scenario>", seeds: 10);
    private readonly Option<string> _policies = new("--policies") { HelpName = "a,b,c", Description = "Names of policies, the baseline first" };
    private readonly Option<bool> _noBounds = new("--no-bounds") { Description = "Leave out the offline bounds, which take longer than the runs" };

    private readonly Option<string[]> _cases = new("--case")
    {
        HelpName = "label: key=value; key=value",
        Description = "Something else to compare, by what it changes in the scenario; may be given again and again, and comes after the policies",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _singleJourneys = new("--single-journeys")
    {
        Description = "Besides the runs, let each device travel alone by each policy, against a recorded run of nearest-first",
    };

    public CompareCommand(Session session)
        : base(
            "compare", "Compare policies on the same random numbers, with intervals and offline bounds.",
            """
            All policies meet the same devices, tasks and loads, seed by seed, so that their differences to the first policy are paired.
            Bounds: the journey frontier is the least latency of one device with a given number of migrations against what the others did
            in that run; the balance bound is the least mean latency of a slot when all devices could be placed at once. Above 200,000
            device-slots they are over a sample; where servers have very many devices, the balance bound is left out.
            The chart latency-vs-migration has a point a policy (mean and interval of both), the budget β as a dashed line, the journey
            frontier against others who follow the policy of the best reward, and the balance bound. A policy far off all others is put
            at the border, and its label says where it is.
            Single journeys: a run of nearest-first is recorded, seed by seed, and then each device of it makes its journeys alone by the
            policy, while the others do what was recorded. It sees their load of the slot before, and there are no decision rounds. The gap
            is what nearest-first's latency is above the journey frontier at as many migrations as the policy makes; gap closed is the
            share of it that the policy saves. A whole journey's reward is summed over its slots. Large runs are sampled as for the bounds.
            Finished runs are kept in the output folder, with their bounds and journeys, so that the same command goes on where it was
            stopped, and another policy or more seeds run only what is new. report.html shows all of it.
            """,
            ("compare scenarios/paper.conf --policies nearest-first,drift-plus-penalty --seeds 10", "the paper's comparison"),
            ("compare scenarios/paper.conf --policies drift-plus-penalty,distance-mdp,topsis,q-learning,cost-qos", "policies of cited systems"),
            ("compare scenarios/paper.conf --policies drift-plus-penalty,lowest-latency --set decisions.rounds=1", "what herding does"),
            ("compare scenarios/paper.conf --policies nearest-first,drift-plus-penalty --single-journeys --no-bounds", "one device at a time"),
            ("compare scenarios/herding.conf --policies drift-plus-penalty --case \"four rounds: decisions.rounds=4\"", "what it costs"))
    {
        _session = session;
        Add(_scenario);
        Add([_policies, _cases, _noBounds, _singleJourneys, .. _options.All]);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var settings = _options.Of(parsed, parsed.GetRequiredValue(_scenario));
        ComparedCase[] compared =
        [
            .. (parsed.GetValue(_policies) is { } listed ? Axis.List(listed) : []).Select(ComparedCase.OfPolicy),
            .. parsed.GetValue(_cases)!.Select(ComparedCase.Parse),
        ];
        var run = new ComparisonRun(_session, settings, compared)
        {
            WithBounds = !parsed.GetValue(_noBounds),
            WithSingleJourneys = parsed.GetValue(_singleJourneys),
        };
        ComparisonTables.Print(_session.Terminal, await run.RunAsync(cancel));
        return ExitCode.Ok;
    }
}
