using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Demos;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Demos;

/// <summary>Scripts of demos: what is read, and how mistakes are answered.</summary>
public sealed class DemoScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Acts_have_a_scenario_with_changes_words_by_slot_and_processes_to_kill()
    {
        File.WriteAllText(_folder.At("tiny.conf"), "slots = 6\narea.side = 800 m\ndevices.count = 20\npace = 3\n");

        var script = Read("title = T, acts { one { title = One, scenario = tiny.conf, set { slots = 9 }, captions { 5 = later, 0 = first }, kill { 4 = clock, 2 = node } } }");

        var act = Assert.Single(script.Acts);
        Assert.Equal(("T", "one", "One"), (script.Title, act.Name, act.Title));
        Assert.Equal([(0, "first"), (5, "later")], act.Captions.Select(caption => (caption.Key, caption.Value)));
        Assert.Equal([(2, DemoKill.Node), (4, DemoKill.Clock)], act.Kills.Select(kill => (kill.Key, kill.Value)));
        Assert.Equal(9, act.Load(atOnce: false).Scenario.Slots);
        Assert.Contains("pace = 3", act.Load(atOnce: false).ResolvedText, StringComparison.Ordinal);
        Assert.Contains("pace = virtual", act.Load(atOnce: true).ResolvedText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acts { }", "demo.acts: found 0 acts")]
    [InlineData("act { }", "demo.act: found an unknown key", "Did you mean 'acts'?")]
    [InlineData("acts { a { } }", "demo.acts.a.scenario: found nothing")]
    [InlineData("acts { A_b { scenario = tiny.conf } }", "demo.acts.A_b", "small letters")]
    [InlineData("acts { a { scenario = tiny.conf, kill { 4 = all } } }", "demo.acts.a.kill.4: found all", "node, or clock")]
    [InlineData("acts { a { scenario = tiny.conf, kill { four = node } } }", "demo.acts.a.kill.four", "a slot from 0 on")]
    [InlineData("acts { a { scenario = tiny.conf, captions { -1 = x } } }", "demo.acts.a.captions.-1", "a slot from 0 on")]
    public void A_mistake_is_told_with_its_key(string body, params string[] parts)
    {
        var problem = Assert.Throws<ScenarioException>(() => Read(body));

        Assert.All(parts, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
        Assert.Contains("demo.conf", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_that_comes_with_diten_can_be_played_and_says_something_from_the_first_slot_on()
    {
        var script = DemoScript.Read(ShippedScenarios.Find(DemoScript.Usual));

        Assert.All(script.Acts, act =>
        {
            var slots = act.Load(atOnce: false).Scenario.Slots;
            Assert.Equal(0, act.Captions.Keys.First());
            Assert.All(act.Captions.Keys.Concat(act.Kills.Keys), slot => Assert.InRange(slot, 0, slots - 1));
        });
    }

    private DemoScript Read(string body)
    {
        File.WriteAllText(_folder.At("demo.conf"), $"demo {{ {body} }}");
        return DemoScript.Read(_folder.At("demo.conf"));
    }
}
