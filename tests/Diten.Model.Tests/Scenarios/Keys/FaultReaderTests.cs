using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;

namespace Diten.Model.Tests.Scenarios.Keys;

public sealed class FaultReaderTests
{
    /// <summary>Entries of a text of one <c>key = value</c> a line.</summary>
    internal static ScenarioEntry[] Entries(string text) =>
        [.. text.Split(['\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select((line, i) => new ScenarioEntry(line[..line.IndexOf('=')].Trim(), line[(line.IndexOf('=') + 1)..].Trim(), "test.conf", i + 1))];

    private static Scenario Read(string text) => ScenarioKeys.Read(Entries(text));

    private static IReadOnlyList<ScenarioError> Errors(string text) => Assert.Throws<ScenarioException>(() => Read(text)).Errors;

    /// <summary>A valid fault of each kind, and the fault that it is.</summary>
    internal static readonly (string Text, Fault Fault)[] Valid =
    [
        ("kind = cut; link = estimate; rectangle = [0 km, 0 m, 2.5 km, 2500 m]; slots = [20, 60]",
            Of(FaultKind.Cut, FaultWhat.Estimate) with { Selection = FaultSelection.Rectangle, HighX = 2500, HighY = 2500, Timing = FaultTiming.Slots, FromSlot = 20, ToSlot = 60 }),
        ("kind = limit; link = sync; every = 5", Of(FaultKind.Limit, FaultWhat.Sync) with { Every = 5 }),
        ("kind = drop; link = report; probability = 0.9; at = [9, 3, 3, 5]",
            Of(FaultKind.Drop, FaultWhat.Report) with { Probability = 0.9, Timing = FaultTiming.At, At = new WholeNumbers([3, 5, 9]) }),
        ("kind = drop; link = sync; burst.start = 0.05; burst.end = 0.95", Of(FaultKind.Drop, FaultWhat.Sync) with { HasBurst = true, BurstStart = 0.05, BurstEnd = 0.95 }),
        ("kind = corrupt; link = request; probability = 1; ids = 17",
            Of(FaultKind.Corrupt, FaultWhat.Request) with { Probability = 1, Selection = FaultSelection.Ids, Ids = new WholeNumbers([17]) }),
        ("kind = delay; link = sync; by = 3", Of(FaultKind.Delay, FaultWhat.Sync) with { DelayLowSlots = 3, DelayHighSlots = 3 }),
        ("kind = delay; link = sync; by = [0, 5]; stay = 0.6", Of(FaultKind.Delay, FaultWhat.Sync) with { DelayHighSlots = 5, Stay = 0.6 }),
        ("kind = delay; link = sync; stay = 0.6", Of(FaultKind.Delay, FaultWhat.Sync) with { Stay = 0.6 }),
        ("kind = duplicate; link = sync; probability = 0", Of(FaultKind.Duplicate, FaultWhat.Sync)),
        ("kind = freeze; on = twins; share = 0.3", Of(FaultKind.Freeze, FaultWhat.Twins) with { Selection = FaultSelection.Share, Share = 0.3 }),
        ("kind = crash; on = twins; durable = false; renewal.between = 50; renewal.lasting = 10",
            Of(FaultKind.Crash, FaultWhat.Twins) with { Durable = false, Timing = FaultTiming.Renewal, RenewalBetweenSlots = 50, RenewalLastingSlots = 10 }),
        ("kind = bias; on = twins; by = -0.5 GHz", Of(FaultKind.Bias, FaultWhat.Twins) with { AmountHertz = -5e8 }),
        ("kind = drift; on = twins; by = 100 MHz", Of(FaultKind.Drift, FaultWhat.Twins) with { AmountHertz = 1e8 }),
        ("kind = noise; on = twins; standard-deviation = 2 GHz", Of(FaultKind.Noise, FaultWhat.Twins) with { AmountHertz = 2e9 }),
        ("kind = lie; on = twins; factor = 2", Of(FaultKind.Lie, FaultWhat.Twins) with { Factor = 2 }),
        ("kind = lie; on = twins; factor = 2; hides-tasks = false", Of(FaultKind.Lie, FaultWhat.Twins) with { Factor = 2, HidesTasks = false }),
        ("kind = clock-skew; on = twins; by = -3", Of(FaultKind.ClockSkew, FaultWhat.Twins) with { SkewSlots = -3 }),
        ("kind = down; on = stations; circle = [1 km, 2 km, 300 m]",
            Of(FaultKind.Down, FaultWhat.Stations) with { Selection = FaultSelection.Circle, CircleX = 1000, CircleY = 2000, CircleRadius = 300 }),
        ("kind = slow; on = backhaul; factor = 3", Of(FaultKind.Slow, FaultWhat.Backhaul) with { Factor = 3 }),
        ("kind = lose-queue; on = servers; at = [4]", Of(FaultKind.LoseQueue, FaultWhat.Servers) with { Timing = FaultTiming.At, At = new WholeNumbers([4]) }),
        ("kind = jam; on = radio; power = 1e-10 W", Of(FaultKind.Jam, FaultWhat.Radio) with { PowerWatts = 1e-10 }),
    ];

    private static Fault Of(FaultKind kind, FaultWhat what) => new() { Name = "it", Kind = kind, What = what };

    private static string Named(string text, string name = "it") => string.Join('\n', text.Split("; ").Select(line => $"faults.{name}.{line}"));

    public static TheoryData<string> ValidTexts => [.. Valid.Select(valid => valid.Text)];

    [Theory]
    [MemberData(nameof(ValidTexts))]
    public void A_fault_is_read_as_it_is_written_and_written_as_it_is_read(string text)
    {
        var scenario = Read(Named(text));

        Assert.Equal(Valid.Single(valid => valid.Text == text).Fault, Assert.Single(scenario.Faults.All));
        var back = ScenarioKeys.Read([.. FaultCatalogue.Written(scenario.Faults).Select(entry => new ScenarioEntry(entry.Key, entry.Value, "back"))]);
        Assert.Equal(scenario, back);
    }

    [Fact]
    public void Every_kind_is_among_those_that_are_tried() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), Valid.Select(valid => valid.Fault.Kind).Distinct().Order());

    [Fact]
    public void Every_kind_has_a_row_in_the_order_of_kinds() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), FaultKinds.All.Select(row => row.Kind));

    [Fact]
    public void Faults_come_by_name_whatever_the_order_of_their_keys()
    {
        var faults = Read("faults.b.link = sync; faults.a.kind = cut; slots = 30; faults.b.kind = cut; faults.a.link = report").Faults;

        Assert.Equal(["a", "b"], faults.All.Select(fault => fault.Name));
        Assert.Equal(FaultWhat.Report, faults.Find("a")!.What);
    }

    [Fact]
    public void Later_entries_win_over_earlier_ones_of_the_same_key() =>
        Assert.Equal(0.2, Read("faults.a.kind = drop; faults.a.link = sync; faults.a.probability = 0.1; faults.a.probability = 0.2").Faults.All.Single().Probability);

    [Theory]
    [InlineData("kind = dorp; link = sync; probability = 1", "kind", "'dorp' (unknown value)", "Did you mean 'drop'?")]
    [InlineData("link = sync; probability = 1", "kind", "nothing", "'diten scenarios faults' tells what each is.")]
    [InlineData("link = sync; probabilty = 1; kind = drop; probability = 1", "probabilty", "an unknown key of a fault", "Did you mean 'faults.it.probability'?")]
    [InlineData("kind = drop; link = sync; probability = 1; factor = 2", "factor", "a key that kind = drop does not take", null)]
    [InlineData("kind = drop; link = sync; burst = 2", "burst", "an unknown key of a fault", "Did you mean 'faults.it.burst.start'?")]
    [InlineData("kind = drop; on = twins; probability = 1", "on", "a key that kind = drop does not take", "Did you mean 'faults.it.link'?")]
    [InlineData("kind = freeze; link = sync", "link", "a key that kind = freeze does not take", "Did you mean 'faults.it.on'?")]
    [InlineData("kind = drop; probability = 1", "link", "nothing, with kind = drop", null)]
    [InlineData("kind = freeze", "on", "nothing, with kind = freeze", null)]
    [InlineData("kind = freeze; on = servers", "on", "servers, with kind = freeze", null)]
    [InlineData("kind = down; on = twins", "on", "twins, with kind = down", null)]
    [InlineData("kind = slow; on = stations; factor = 2", "on", "stations, with kind = slow", null)]
    [InlineData("kind = drop; link = synk; probability = 1", "link", "'synk' (unknown value)", "Did you mean 'sync'?")]
    [InlineData("kind = drop; link = sync", "probability", "nothing, with kind = drop", null)]
    [InlineData("kind = delay; link = sync", "by", "nothing, with kind = delay", null)]
    [InlineData("kind = limit; link = sync", "every", "nothing, with kind = limit", null)]
    [InlineData("kind = jam; on = radio", "power", "nothing, with kind = jam", null)]
    [InlineData("kind = crash; on = twins", "slots", "nothing, with kind = crash", null)]
    [InlineData("kind = cut; link = sync; ids = [1]; share = 0.5", "share", "a fault with ids and share", null)]
    [InlineData("kind = cut; link = sync; at = [1]; slots = [1, 2]", "slots", "a fault with at and slots", null)]
    [InlineData("kind = drop; link = sync; probability = 1; burst.start = 0.1; burst.end = 0.1", "burst", "a fault with probability and burst", null)]
    [InlineData("kind = drop; link = sync; probability = 1.5", "probability", "'1.5' (out of range)", null)]
    [InlineData("kind = drop; link = sync; probability = -0.5", "probability", "'-0.5' (out of range)", null)]
    [InlineData("kind = drop; link = sync; burst.start = 0.5; burst.end = 0.6", "burst.end", "start 0.5 and end 0.6, which come to more than 1", null)]
    [InlineData("kind = drop; link = sync; burst.start = 0.5", "burst.end", "nothing, with burst.start", null)]
    [InlineData("kind = cut; link = sync; renewal.between = 0.5; renewal.lasting = 3", "renewal.between", "'0.5' (out of range)", null)]
    [InlineData("kind = cut; link = sync; renewal.between = 2; renewal.lasting = 1", "renewal.lasting", "1 with between = 2, of which 1 / between + 1 / lasting is more than 1", null)]
    [InlineData("kind = cut; link = sync; renewal.lasting = 3", "renewal.between", "nothing, with renewal.lasting", null)]
    [InlineData("kind = cut; link = sync; slots = [20, 20]", "slots", "'[20, 20]' (empty: no slot is in it)", null)]
    [InlineData("kind = cut; link = sync; slots = [100, 120]", "slots", "[100, 120], after the end of the run", null)]
    [InlineData("kind = cut; link = sync; at = [100]", "at", "[100], after the end of the run", null)]
    [InlineData("kind = cut; link = sync; at = []", "at", "'[]' (an empty list)", null)]
    [InlineData("kind = cut; link = sync; ids = [1, -2]", "ids", "'[1, -2]' (out of range)", null)]
    [InlineData("kind = cut; link = sync; share = 30 %", "share", "'30 %' (takes no unit, has '%')", null)]
    [InlineData("kind = cut; link = sync; circle = [1 km, 1 km]", "circle", "'[1 km, 1 km]' (has 2 elements; numbers have a point, no comma)", null)]
    [InlineData("kind = cut; link = sync; circle = [1, 1 km, 1 km]", "circle", "'[1, 1 km, 1 km]' (has no unit)", null)]
    [InlineData("kind = cut; link = sync; rectangle = [1 km, 0 km, 1 km, 2 km]", "rectangle", "'[1 km, 0 km, 1 km, 2 km]' (a low corner that is not below the high one)", null)]
    [InlineData("kind = bias; on = twins; by = 5", "by", "'5' (has no unit)", null)]
    [InlineData("kind = drift; on = twins; by = 5 slots", "by", "'5 slots' (unknown unit 'slots')", null)]
    [InlineData("kind = clock-skew; on = twins; by = 5 GHz", "by", "'5 GHz' (not a whole number)", null)]
    [InlineData("kind = delay; link = sync; by = 1001", "by", "'1001' (out of range)", null)]
    [InlineData("kind = delay; link = sync; by = [5, 1]", "by", "'[5, 1]' (low end above high end)", null)]
    [InlineData("kind = delay; link = sync; stay = 1", "stay", "'1' (out of range)", null)]
    [InlineData("kind = limit; link = sync; every = 0", "every", "'0' (out of range)", null)]
    [InlineData("kind = slow; on = servers; factor = 0", "factor", "'0' (out of range)", null)]
    [InlineData("kind = jam; on = radio; power = 3", "power", "'3' (has no unit)", null)]
    [InlineData("kind = crash; on = twins; slots = [1, 2]; durable = maybe", "durable", "'maybe' (not a switch)", null)]
    public void What_cannot_be_is_an_error_that_names_the_key_what_was_found_and_what_is_allowed(string text, string key, string found, string? suggestion)
    {
        var error = Assert.Single(Errors(Named(text)));

        Assert.Equal($"faults.it.{key}", error.Key);
        Assert.Equal(found, error.Found);
        Assert.Equal(suggestion, error.Suggestion);
        Assert.NotEmpty(error.Allowed);
        Assert.Equal("test.conf", error.File);
        // The line that wrote the key; of what is missing, the line of the kind.
        var lines = text.Split("; ");
        var own = Array.FindIndex(lines, line => line.StartsWith(key + " ", StringComparison.Ordinal) || line.StartsWith(key + ".", StringComparison.Ordinal));
        Assert.Equal(own >= 0 ? own : found.Contains("with burst") || found.Contains("with renewal") ? 2 : 0, error.Line - 1);
    }

    [Theory]
    [InlineData("faults = 5", "faults", "'5'")]
    [InlineData("faults.loss = drop", "faults.loss", "'drop'")]
    [InlineData("faults.a b.kind = cut; faults.a b.link = sync", "faults.a b.kind", "the name 'a b'")]
    [InlineData("faults..kind = cut", "faults..kind", "the name ''")]
    [InlineData("faults.loss = {  }", "faults.loss.kind", "nothing")]
    [InlineData("fault.loss.kind = drop", "fault.loss.kind", "an unknown key")]
    public void The_map_is_one_of_faults_by_their_names(string text, string key, string found)
    {
        var error = Assert.Single(Errors(text));

        Assert.Equal((key, found), (error.Key, error.Found));
    }

    [Fact]
    public void A_section_of_nearly_that_name_is_answered_with_the_map() =>
        Assert.Equal("Did you mean 'faults.loss.kind'?", Assert.Single(Errors("fault.loss.kind = drop")).Suggestion);

    [Fact]
    public void Errors_of_all_faults_are_told_together() => Assert.Equal(
        ["faults.a.probability", "faults.b.kind", "faults.c.on"],
        Errors("faults.a.kind = drop; faults.a.link = sync; faults.a.probability = 2; faults.b.kind = x; faults.c.kind = freeze; faults.c.on = radio").Select(error => error.Key));

    [Fact]
    public void A_length_of_the_run_that_cannot_be_read_blames_no_window() =>
        Assert.Equal("slots", Assert.Single(Errors("slots = many; faults.a.kind = cut; faults.a.link = sync; faults.a.slots = [500, 600]")).Key);

    [Fact]
    public void There_are_a_thousand_faults_at_most()
    {
        var text = string.Join(';', Enumerable.Range(0, 1001).SelectMany(i => new[] { $"faults.f{i}.kind = cut", $"faults.f{i}.link = sync" }));

        Assert.Equal("at most 1000 faults", Assert.Single(Errors(text)).Allowed);
        Assert.Equal(1000, Read(text.Replace("faults.f1000.kind = cut;faults.f1000.link = sync", "")).Faults.All.Count);
    }

    [Fact]
    public void Regret_that_cannot_be_measured_is_refused_where_it_is_asked_for()
    {
        Assert.Equal("measure.regret", Assert.Single(Errors("measure.regret = on; servers.sharing = fifo")).Key);
        Read("measure.regret = auto; servers.sharing = fifo");
        Read("measure.regret = on; servers.sharing = exclusive");
    }
}
