using System.Net;
using System.Net.Sockets;
using System.Text;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.View.Tests.Serving;

/// <summary>Whoever looks on, and however badly they behave: a run gives the same bits, and is not held up.</summary>
public sealed class ViewedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _scenario;

    public ViewedRunTests()
    {
        _scenario = _folder.At("tiny.conf");
        File.WriteAllText(_scenario, """
            seed = 3
            slots = 40
            area.side = 800 m
            devices.count = 60
            devices.mobility.speed = 30 m/s
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_has_one_digest_and_the_same_tables_with_no_viewer_one_a_stalled_one_and_one_that_goes_away()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("alone"), "--quiet"));
        var seen = 0;

        await using (var viewed = new ViewedRun("run", _scenario, "--out", _folder.At("viewed"), "--view", "--port", "0", "--quiet", "--set", "pace=100"))
        {
            var address = new Uri(await viewed.AddressAsync());
            using var client = new HttpClient { Timeout = ViewedRun.Patience };
            while ((await client.GetStringAsync(new Uri(address, "api/world"))).Contains("\"waiting\":true", StringComparison.Ordinal))
                await Task.Delay(10); // the page is there before the run is
            using var stalled = Ask(address, "GET /api/next?seen=0 HTTP/1.1"); // and never reads
            var others = Enumerable.Range(0, 8).Select(_ => LookAsync(client, address)).ToArray(); // with these two, and those that go away, more than ten
            for (var frames = 0; frames < 8; frames++)
            {
                using var gone = Ask(address, "GET /api/next?seen=" + seen + " HTTP/1.1"); // cut off in mid-frame or before
                if (frames == 2)
                    gone.Receive(new byte[200]); // this one for sure in mid-frame: headers are longer
                using var answer = await client.GetAsync(new Uri(address, $"api/next?seen={seen}"));
                if (answer.StatusCode != HttpStatusCode.OK) // there will be no more
                    break;
                var frame = await answer.Content.ReadAsByteArrayAsync();
                var index = BitConverter.ToInt32(frame, 4);
                Assert.True(index >= seen, $"frame {index} came where {seen} were seen");
                seen = index + 1;
            }

            await viewed.RunAsync();
            await Task.WhenAll(others);
            Assert.Equal(40, (await client.GetByteArrayAsync(new Uri(address, "api/series"))).Length / 40); // a slot of 4 bytes, and nine figures of 4
            Assert.Equal(0, await viewed.StopAsync());
        }

        Assert.True(seen >= 3, $"Only {seen} frames were seen.");
        Assert.Equal(Digest("alone"), Digest("viewed"));
        Assert.Equal(Files("alone"), Files("viewed").Where(file => !file.StartsWith("view", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllText(_folder.At("alone", "tables", "servers.csv")), File.ReadAllText(_folder.At("viewed", "tables", "servers.csv")));
    }

    [Fact]
    public async Task A_viewer_that_asks_and_reads_nothing_until_all_buffers_are_full_holds_up_neither_the_run_nor_others()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("alone"), "--quiet"));
        await using (var viewed = new ViewedRun("run", _scenario, "--out", _folder.At("viewed"), "--view", "--port", "0", "--quiet", "--set", "pace=10"))
        {
            var address = new Uri(await viewed.AddressAsync());
            using var client = new HttpClient { BaseAddress = address, Timeout = ViewedRun.Patience };
            using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, SendBufferSize = 4096, SendTimeout = 300 };
            deaf.Connect("127.0.0.1", address.Port);
            var request = Encoding.ASCII.GetBytes($"GET /style.css HTTP/1.1\r\nHost: {address.Authority}\r\nX-Long: {new string('a', 8000)}\r\n\r\n");
            void FillUp()
            {
                while (true)
                    deaf.Send(request); // until neither side has room: as after a minute of any viewer that reads nothing, or after it was cut off
            }

            Assert.Throws<SocketException>(FillUp);

            Assert.Contains("frames", await client.GetStringAsync("api/world"), StringComparison.Ordinal);
            await viewed.RunAsync();
            Assert.Equal(40, (await client.GetByteArrayAsync("api/series")).Length / 40);
            Assert.Equal(0, await viewed.StopAsync());
        }

        Assert.Equal(Digest("alone"), Digest("viewed"));
    }

    [Fact]
    public async Task A_run_that_was_recorded_can_be_viewed_and_one_that_was_not_is_refused()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("run"), "--record", "--no-tables", "--quiet", "--set", "slots=5"));
        Assert.False(File.Exists(_folder.At("run", "tables", "servers.csv"))); // the recording has its rows, the tables do not

        await using var viewed = new ViewedRun("view", _folder.At("run"), "--port", "0");
        using var client = new HttpClient();
        Assert.Contains("\"frames\":5,\"ended\":true", await client.GetStringAsync(await viewed.AddressAsync() + "api/world"));
        Assert.Equal(0, await viewed.StopAsync());

        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("dark"), "--quiet", "--set", "slots=5"));
        Assert.Equal(2, await Diten("view", _folder.At("dark")));
    }

    [SkippableFact]
    public async Task A_training_makes_the_same_policy_with_a_viewer_who_sees_its_versions()
    {
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);
        string[] train = ["train", _scenario, "--quiet", "--set", "learning.slots=32", "--set", "devices.count=5"];
        Assert.Equal(0, await Diten([.. train, "--out", _folder.At("alone")]));

        await using var viewed = new ViewedRun([.. train, "--out", _folder.At("viewed"), "--view", "--port", "0"]);
        using var client = new HttpClient { Timeout = ViewedRun.Patience };
        var address = await viewed.AddressAsync();
        await viewed.RunAsync();

        Assert.Contains("\"kind\":\"policy\",\"text\":\"policy version 1: reward of a journey ", await client.GetStringAsync(address + "api/events"));
        Assert.Contains("\"frames\":32,\"ended\":true", await client.GetStringAsync(address + "api/world"));
        Assert.Equal(0, await viewed.StopAsync());
        Assert.Equal(Digest("alone"), Digest("viewed"));
        foreach (var policy in Directory.GetFiles(_folder.At("alone"), "*.policy"))
            Assert.Equal(File.ReadAllBytes(policy), File.ReadAllBytes(_folder.At("viewed", Path.GetFileName(policy))));
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_with_its_recording()
    {
        await using (var stopped = new ViewedRun("run", _scenario, "--out", _folder.At("run"), "--view", "--port", "0", "--quiet", "--checkpoint-every", "5", "--set", "pace=50"))
        {
            using var client = new HttpClient { Timeout = ViewedRun.Patience };
            var address = await stopped.AddressAsync();
            while ((await client.GetByteArrayAsync(address + "api/next?seen=8")).Length < 1000)
                await Task.Delay(20);
            Assert.Equal(130, await stopped.StopAsync());
        }

        Assert.Equal(0, await Diten("resume", _folder.At("run"), "--quiet"));
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("whole"), "--record", "--quiet", "--set", "pace=50"));

        Assert.Equal(Digest("whole"), Digest("run"));
        Assert.Equal(File.ReadAllBytes(_folder.At("whole", "view", "frames.bin")), File.ReadAllBytes(_folder.At("run", "view", "frames.bin")));
    }

    [Theory]
    [InlineData("--port: found 80, and no --view; allowed: with --view only.", "--port", "80")]
    [InlineData("--port: found 70000; allowed: a whole number from 0 to 65535.", "--view", "--port", "70000")]
    public async Task A_wrong_port_is_refused_before_anything_is_run(string message, params string[] options)
    {
        var error = new StringWriter();

        Assert.Equal(2, await CommandTree.RunAsync(["run", _scenario, "--out", _folder.At("run"), .. options], new Session(new Terminal(new StringWriter(), error))));

        Assert.Contains(message, error.ToString());
        Assert.False(Path.Exists(_folder.At("run")) || Path.Exists(_folder.At("run.partial")));
    }

    /// <summary>Watches to the end, and looks back now and then: what was must not be held up by what is.</summary>
    private static async Task LookAsync(HttpClient client, Uri address)
    {
        for (var seen = 0; ;)
        {
            using var answer = await client.GetAsync(new Uri(address, $"api/next?seen={seen}"));
            if (answer.StatusCode != HttpStatusCode.OK)
                return;
            seen = BitConverter.ToInt32(await answer.Content.ReadAsByteArrayAsync(), 4) + 1;
            var back = await client.GetByteArrayAsync(new Uri(address, $"api/frames/{seen / 2}"));
            Assert.Equal(seen / 2, BitConverter.ToInt32(back, 4));
        }
    }

    private static Socket Ask(Uri address, string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect("127.0.0.1", address.Port);
        socket.Send(Encoding.ASCII.GetBytes($"{request}\r\nHost: {address.Authority}\r\n\r\n"));
        return socket;
    }

    private string Digest(string run) => RunSummary.Read(_folder.At(run, "summary.json")).Digest;

    private string[] Files(string run) =>
        [.. Directory.GetFiles(_folder.At(run), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.At(run), file)).Order(StringComparer.Ordinal)];

    private static Task<int> Diten(params string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(new StringWriter(), new StringWriter())));
}
