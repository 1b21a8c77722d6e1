using System.Text.Json;
using Diten.Node.Commands;

namespace Diten.Emulation.Tests.Cli;

/// <summary>That <c>diten bench</c> measures what it says; how fast anything is, no test asks.</summary>
public sealed class BenchTests
{
    private readonly StringWriter _out = new(), _error = new();

    [Theory]
    [InlineData("array")]
    [InlineData("floor")]
    [InlineData("product")]
    public async Task One_program_is_measured_in_this_process(string subject)
    {
        Assert.Equal(0, await Diten("bench", "--only", subject, "--devices", "300", "--slots", "4", "--warm-up", "1"));

        using var sample = JsonDocument.Parse(_out.ToString());
        var root = sample.RootElement;
        Assert.Equal(subject, root.GetProperty("Subject").GetString(), ignoreCase: true);
        Assert.Equal(300, root.GetProperty("Workload").GetProperty("Devices").GetInt32());
        Assert.All(["Rate", "SlotSeconds", "StartSeconds", "PeakBytes"], key => Assert.True(root.GetProperty(key).GetDouble() > 0, key));
        Assert.Equal(1 / root.GetProperty("Rate").GetDouble(), root.GetProperty("SlotSeconds").GetDouble() / 300, 12);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("product")]
    public async Task A_learned_policy_is_measured_too(string subject)
    {
        Assert.Equal(0, await Diten("bench", "--only", subject, "--learned", "--devices", "300", "--slots", "4", "--warm-up", "1"));

        using var sample = JsonDocument.Parse(_out.ToString());
        Assert.True(sample.RootElement.GetProperty("Workload").GetProperty("Learned").GetBoolean());
    }

    [Fact]
    public async Task A_learned_policy_is_measured_in_one_process_only()
    {
        Assert.Equal(2, await Diten("bench", "--only", "product", "--learned", "--nodes", "2"));

        Assert.Contains("leave out --nodes and --checkpoint-every", _error.ToString());
    }

    [Fact]
    public async Task All_programs_are_measured_each_in_a_process_of_its_own()
    {
        Assert.Equal(0, await Diten("bench", "--quick", "--repeat", "2", "--devices", "300", "--slots", "2", "--warm-up", "1"));

        var told = _out.ToString();
        Assert.All(["array", "floor", "product", "product / floor = ", "product / array = "], text => Assert.Contains(text, told));
    }

    [Fact]
    public async Task Nothing_is_measured_over_no_slots()
    {
        Assert.Equal(2, await Diten("bench", "--slots", "0"));

        Assert.Contains("--slots: found 0; allowed: a whole number of at least 1.", _error.ToString());
    }

    private Task<int> Diten(params string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(_out, _error)));
}
