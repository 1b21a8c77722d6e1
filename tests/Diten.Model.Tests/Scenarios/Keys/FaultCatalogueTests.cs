using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Space;
using Diten.Model.Tests.Docs;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Scenarios.Keys;

public sealed class FaultCatalogueTests
{
    public static TheoryData<string> Kinds => [.. FaultCatalogue.Kinds.Select(kind => kind.Name)];

    /// <summary>A town of 4 × 4 stations, 156.25 m apart.</summary>
    private static FaultPlan Plan(string text)
    {
        var scenario = ScenarioKeys.Read(FaultReaderTests.Entries("area.side = 625 m; stations.density = 40.96 /km2;" + text));
        return World.PlanFaults(scenario, Topologies.Create(scenario).Topology);
    }

    [Theory]
    [InlineData("kind = drop; link = sync; probability = 0.9", "fault it: drop on the link sync, probability = 0.9, all 16 twins of servers, always")]
    [InlineData("kind = delay; link = estimate; by = [0, 5]; stay = 0.6; slots = [20, 80]; ids = [3, 1]", "fault it: delay on the link estimate, by = [0, 5], stay = 0.6, 2 of 16 twins of servers (1, 3), in slots 20 to 79")]
    [InlineData("kind = crash; on = twins; at = [3, 5, 9]; circle = [0 m, 0 m, 10 m]", "fault it: crash of twins, durable = true, 0 of 16 twins of servers, in slots 3, 5, 9")]
    [InlineData("kind = down; on = stations; rectangle = [0 m, 0 m, 400 m, 625 m]; slots = [7, 8]", "fault it: down of stations, 12 of 16 stations (0, 1, 2, 3, 4, 5, 6, 7, …), in slot 7")]
    [InlineData("kind = slow; on = servers; factor = 0.5; renewal.between = 50; renewal.lasting = 10", "fault it: slow of servers, factor = 0.5, all 16 servers, now and then: every 50 slots for 10, in the mean")]
    public void A_fault_in_words_has_kind_amount_targets_and_times(string text, string words) =>
        Assert.Equal(words, FaultCatalogue.Describe(Plan(string.Join(';', text.Split("; ").Select(line => "faults.it." + line))).All.Single()));

    [Fact]
    public void Stretches_end_where_the_fault_or_the_run_does()
    {
        var plan = Plan("""
            faults.always.kind = cut; faults.always.link = sync; faults.always.ids = [2]
            faults.at.kind = cut; faults.at.link = sync; faults.at.ids = [2, 4]; faults.at.at = [3, 4, 6, 9]
            faults.window.kind = cut; faults.window.link = sync; faults.window.ids = [7]; faults.window.slots = [5, 99]
            """);

        Assert.Equal(
            [
                new("always", 2, 0, 7), new("at", 2, 3, 5), new("at", 2, 6, 7), new("at", 4, 3, 5), new("at", 4, 6, 7), new("window", 7, 5, 7),
            ],
            FaultStretch.Of(plan, slots: 7));
        Assert.Equal([new("always", 2, 0, 5), new("at", 2, 3, 5), new("at", 4, 3, 5)], FaultStretch.Of(plan, slots: 5));
    }

    [Fact]
    public void Stretches_of_a_renewal_are_the_slots_in_which_it_is_in_force()
    {
        var plan = Plan("faults.it.kind = cut; faults.it.link = sync; faults.it.renewal.between = 5; faults.it.renewal.lasting = 3");
        var stretches = FaultStretch.Of(plan, slots: 80).ToArray();

        for (var server = 0; server < 16; server++)
            for (var slot = 0; slot < 80; slot++)
                Assert.Equal(plan.All[0].IsInForce(server, slot), stretches.Any(s => s.Target == server && s.From <= slot && slot < s.To));
        Assert.InRange(stretches.Length, 50, 300);
    }

    [Fact]
    public void A_fault_of_too_many_stretches_says_that_the_rest_is_left_out()
    {
        var plan = Plan("faults.all.kind = cut; faults.all.link = sync; faults.one.kind = cut; faults.one.link = report; faults.one.ids = [5]");

        Assert.Equal([new("all", 0, 0, 9), new("all", 1, 0, 9), new("all", -1, 0, 9), new("one", 5, 0, 9)], FaultStretch.Of(plan, slots: 9, most: 2));
        Assert.Equal(17, FaultStretch.Of(plan, slots: 9, most: 16).Count());
    }

    [Fact]
    public void An_id_that_there_is_not_is_named_with_its_key()
    {
        var error = Assert.Throws<FaultTargetException>(() => Plan("faults.it.kind = down; faults.it.on = servers; faults.it.ids = [3, 16]"));

        Assert.Equal(("faults.it.ids", "16", "ids of servers, 0 to 15"), (error.Key, error.Found, error.Allowed));
    }

    [Fact]
    public void The_page_of_faults_is_what_the_table_says() => Assert.Equal(FaultCatalogue.ToMarkdown(), Pages.Read("faults.md"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_taught_with_an_example_its_keys_and_a_picture(string kind)
    {
        var text = FaultCatalogue.Teach(kind)!;

        Assert.All(["Example:", "Keys, besides", "Reported:", "In time:", "slot", $"kind = {kind}"], part => Assert.Contains(part, text));
        Assert.All(FaultTable.Of(FaultKinds.All.Single(row => row.Name == kind).Kind).Where(key => key.Name != "kind"), key => Assert.Contains($"  {key.Name} ", text));
        Assert.Equal(FaultCatalogue.Template(kind), File.ReadAllText(Path.Combine(Pages.Root, "scenarios", "faults", kind + ".conf")));
    }

    /// <summary>Ages as the model says: of slot t, t − 1 less the newest slot whose sync was heard by then, the one before slot 0 among them.</summary>
    [Theory]
    [InlineData("cut", "slots = [2, 5]")]
    [InlineData("limit", "every = 3")]
    [InlineData("delay", "by = 2")]
    [InlineData("down", null)]
    [InlineData("drop", null)]
    [InlineData("corrupt", null)]
    public void A_picture_shows_what_happens(string kind, string? settings)
    {
        var lines = FaultKinds.All.Single(row => row.Name == kind).Picture.ReplaceLineEndings("\n").Split('\n');
        string Row(string name) => lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).PadRight(50);
        int Column(int slot) => lines.Single(line => line.StartsWith("slot ", StringComparison.Ordinal)).IndexOf($" {slot}", StringComparison.Ordinal) + 1;
        var plan = settings is null ? null : Plan($"faults.it.kind = {kind}; faults.it.link = sync; faults.it.{settings}");
        var newest = -1;
        for (var slot = 0; slot < 8; slot++)
        {
            Assert.Equal($"{slot}: {slot - 1 - newest}", $"{slot}: {Row("twin's age")[Column(slot)]}");
            for (var sent = 0; sent <= slot; sent++)
                if (plan?.FateOf(FaultWhat.Sync, 0, sent) is { } fate ? !fate.Lost && sent + fate.DelaySlots == slot : sent == slot && Row("sync")[Column(slot)] == '→')
                    newest = Math.Max(newest, sent);
            if (kind is not "delay")
                Assert.Equal(newest == slot, Row("sync")[Column(slot)] == '→');
        }
    }

    [Fact]
    public void Nothing_is_taught_of_what_there_is_not() => Assert.Null(FaultCatalogue.Teach("dorp"));

    [Fact]
    public void Each_kind_strikes_links_or_entities_and_takes_the_key_that_says_so() => Assert.All(FaultKinds.All, row =>
    {
        Assert.Single(row.Strikes.Select(what => what <= FaultWhat.Estimate).Distinct());
        Assert.NotNull(FaultTable.Find(row.WhereKey, row.Kind));
        Assert.All(row.Needs.SelectMany(group => group), part => Assert.Contains(FaultTable.Of(row.Kind), key => key.Part == part));
    });
}
