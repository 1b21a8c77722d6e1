using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Policies.Networks;
using Diten.Model.Policies.Tabular;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Space;
using Diten.Model.Tests.Docs;
using Diten.Model.Tests.Offloading;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Policies;

public class PolicyCatalogueTests
{
    private static readonly PolicyCatalogue Shipped = PolicyCatalogue.Shipped;

    /// <summary>The names that scenario files of today use, by what they stand for.</summary>
    [Theory]
    [InlineData("nearest-first", typeof(NearestFirst))]
    [InlineData("random", typeof(RandomChoice))]
    [InlineData("stay", typeof(Stay))]
    [InlineData("least-loaded", typeof(LeastLoaded))]
    [InlineData("lowest-latency", typeof(LowestLatency))]
    [InlineData("drift-plus-penalty", typeof(DriftPlusPenalty))]
    [InlineData("hysteresis", typeof(Hysteresis))]
    [InlineData("hard-budget", typeof(HardBudget))]
    [InlineData("serving-or-random", typeof(ServingOrRandom))]
    [InlineData("two-choices", typeof(TwoChoices))]
    [InlineData("distance-mdp", typeof(DistanceMdp))]
    [InlineData("topsis", typeof(Topsis))]
    [InlineData("q-learning", typeof(QLearning))]
    [InlineData("cost-qos", typeof(CostQos))]
    public void A_scenario_names_its_policy(string name, Type policy) =>
        Assert.IsType(policy, Rows.Policy(new Scenario { Policy = new PolicySection { Name = name } }));

    [Fact]
    public void A_network_that_is_handed_in_decides_where_the_learned_policy_is_named()
    {
        var (scenario, network) = (new Scenario { Policy = new PolicySection { Name = "learned" } }, UntrainedPolicy.Set(seed: 1));

        var policy = Shipped.Create(new PolicyContext(scenario, Topologies.Create(scenario).Topology, network));

        Assert.Same(network, Assert.IsType<LearnedPolicy>(policy).Weights);
    }

    [Fact]
    public void A_name_that_is_none_is_refused_with_the_nearest_one_that_is()
    {
        var scenario = new Scenario { Policy = new PolicySection { Name = "nearst" } };

        var message = Assert.Throws<ArgumentException>(() => Rows.Policy(scenario)).Message;

        Assert.Contains("found 'nearst' (unknown value); allowed: nearest-first | random |", message);
        Assert.Contains("Did you mean 'nearest-first'?", message);
    }

    [Fact]
    public void Names_are_in_kebab_case() => Assert.All(Shipped.All, entry => Assert.Matches("^[a-z]+(-[a-z]+)*$", entry.Name));

    [Fact]
    public void Two_policies_of_one_name_are_refused() =>
        Assert.Contains("'stay'", Assert.Throws<ArgumentException>(() => Shipped.With(Farthest with { Name = "stay" })).Message);

    [Fact]
    public void Every_key_that_a_policy_reads_is_one_and_every_key_of_the_section_is_read()
    {
        // Which policy decides, and from which slot on another one, is for no policy to read.
        var keys = ScenarioKeys.All.Select(key => key.Name).Where(key => key.StartsWith("policy.", StringComparison.Ordinal) && key is not ("policy.name" or ScenarioKeys.SwitchesKey));

        Assert.Equal(keys.Order(), Shipped.All.SelectMany(entry => entry.Keys).Distinct().Order());
    }

    [Fact]
    public void An_own_policy_is_an_entry_and_a_class()
    {
        var policies = Shipped.With(Farthest);
        var scenario = ScenarioKeys.Read([new ScenarioEntry("policy.name", "farthest", "own.conf", 1)], policies: policies);

        Assert.IsType<TheFarthest>(World.Create(scenario, policies: policies).Policy);
        Assert.Throws<ArgumentException>(() => World.Create(scenario));
    }

    [Fact]
    public void A_policy_that_needs_a_file_says_so_when_the_scenario_is_read()
    {
        var policies = Shipped.With(Farthest with { NeedsFile = true });

        var error = Assert.Single(Assert.Throws<ScenarioException>(() =>
            ScenarioKeys.Read([new ScenarioEntry("policy.name", "farthest", "own.conf", 1)], policies: policies)).Errors);

        Assert.Equal(("policy.file", "nothing, with policy.name = farthest"), (error.Key, error.Found));
    }

    /// <summary>What an own policy reads of the shipped ones' keys is not known, and nothing to warn of.</summary>
    [Fact]
    public void Keys_beside_an_own_policy_are_nothing_to_warn_of()
    {
        ScenarioEntry[] entries = [new("policy.name", "farthest", "own.conf", 1), new("policy.margin", "0.5", "own.conf", 2)];

        Assert.Empty(ScenarioWarnings.Of(ScenarioKeys.Read(entries, policies: Shipped.With(Farthest)), entries));
        Assert.NotEmpty(ScenarioWarnings.Of(ScenarioKeys.Read(entries[1..]), entries[1..]));
    }

    [Fact]
    public void The_page_on_policies_has_the_catalogue_as_its_table()
    {
        var rows = Shipped.All.Select(entry =>
            $"| `{entry.Name}` | {entry.Does} | {entry.Source} | {(entry.Keys.Count == 0 ? "–" : string.Join(", ", entry.Keys.Select(key => $"`{key}`")))} |");

        Assert.Contains(
            string.Join('\n', ["| `policy.name` | what it does | from | keys |", "|---|---|---|---|", .. rows, ""]),
            Pages.Read("policies.md"));
    }

    private static readonly PolicyEntry Farthest = new()
    {
        Name = "farthest",
        Does = "the farthest candidate",
        Source = "these tests",
        Create = _ => new TheFarthest(),
    };

    private sealed class TheFarthest : IOffloadingPolicy
    {
        public void Decide(DecisionBatch batch, Span<int> choices)
        {
            for (var row = 0; row < batch.Count; row++)
                choices[row] = batch.CandidateCounts[row] - 1;
        }
    }
}
