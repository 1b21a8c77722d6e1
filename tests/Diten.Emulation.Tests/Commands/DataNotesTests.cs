using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Commands;

/// <summary>What is assumed of data, or will not be as recorded, is said by validate, before a run, and in the run's folder.</summary>
public sealed class DataNotesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task An_assumed_unit_is_said() => AssertSaid(
        "note: {0}: no CPU use is above 1, so it is taken as a fraction, 1 = all of the CPU; servers.background.trace-unit says whether it is a fraction or percent",
        "servers.background", "timestamp,value\n0,0.10\n300,0.55\n600,0.90\n");

    [Fact]
    public Task Values_that_no_server_can_take_are_said() => AssertSaid(
        "note: {0}: 2 of 3 values are below 0 or above 99 % and count as the nearer of the two",
        "servers.background", "timestamp,value\n0,-5\n300,50\n600,120\n");

    [Fact]
    public Task Devices_that_move_together_are_said() => AssertSaid(
        "note: {0}: 20 of 20 devices draw a journey that another one draws, too (recorded: 1), and are where that one is all the time",
        "devices.mobility", "id,time,x,y\na,0,0,0\na,30,300,0\n");

    private async Task AssertSaid(string note, string section, string data)
    {
        var file = _folder.At("data.csv");
        File.WriteAllText(file, data);
        File.WriteAllText(_folder.At("tiny.conf"), $$"""
            slots = 2
            area.side = 800 m
            devices.count = 20
            {{section}} { model = trace, traces = data.csv }
            """);
        note = string.Format(null, note, file);

        Assert.Equal(0, await Diten("validate", _folder.At("tiny.conf")));
        Assert.Contains("  " + note + "\n", _out.ToString());
        Assert.Equal(0, await Diten("run", _folder.At("tiny.conf"), "--out", _folder.At("run"), "--quiet"));
        Assert.Contains("diten: " + note + "\n", _error.ToString());
        Assert.Contains(note, RunSummary.Read(_folder.At("run", "summary.json")).FilesRead);
        await AssertSaidOnce(note, "compare", "--policies", "nearest-first,random", "--no-bounds");
        await AssertSaidOnce(note, "sweep", "--policies", "nearest-first,random", "--vary", "decisions.candidates=2");
    }

    /// <summary>However many runs read the same file.</summary>
    private async Task AssertSaidOnce(string note, string command, params string[] args)
    {
        _error.GetStringBuilder().Clear();
        Assert.Equal(0, await Diten([command, _folder.At("tiny.conf"), .. args, "--seeds", "2", "--out", _folder.At(command), "--quiet"]));
        Assert.Equal("diten: " + note + "\n", _error.ToString());
    }

    private Task<int> Diten(params string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(_out, _error)));
}
