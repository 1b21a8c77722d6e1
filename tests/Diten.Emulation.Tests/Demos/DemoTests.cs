using System.Net;
using System.Text.Json;
using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Runs;
using Diten.View.Demos;
using Diten.View.Serving;

namespace Diten.Emulation.Tests.Demos;

/// <summary>A whole demo with a process that is killed, and what is kept of it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Acts_have_the_digest_of_one_process_whatever_is_killed_and_are_shown_again_with_their_words()
    {
        File.WriteAllText(_folder.At("tiny.conf"), "slots = 40\narea.side = 800 m\ndevices.count = 20\nzones { columns = 2, rows = 2 }\n");
        File.WriteAllText(_folder.At("demo.conf"), """
            demo {
              title = "Try"
              acts {
                calm { title = "Calm", scenario = tiny.conf, captions { 0 = "Nothing happens." } }
                kill { title = "A kill", scenario = tiny.conf, set { pace = 20 }, kill { 25 = node }, captions { 0 = "Soon.", 26 = "Now." } }
              }
            }
            """);

        var said = await Program.Run(0, "demo", "--script", _folder.At("demo.conf"), "--out", _folder.At("out"), "--nodes", "2", "--once", "--port", "0");

        Assert.Contains("on 2 processes; the same in one", said, StringComparison.Ordinal);
        Assert.Contains("on 2 processes, 1 killed; the same in one", said, StringComparison.Ordinal);
        var events = File.ReadAllText(_folder.At("out", "kill", "view", "events.log"));
        Assert.Contains("node-lost", events, StringComparison.Ordinal);
        await using (var server = await ViewServer.StartAsync(port: 0))
        {
            server.Show(Performance.Open(_folder.At("out")));
            using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
            using var demo = JsonDocument.Parse(await client.GetStringAsync("api/demo"));
            var acts = demo.RootElement.GetProperty("acts").EnumerateArray().ToArray();
            Assert.Equal(["Calm", "A kill"], acts.Select(act => act.GetProperty("title").GetString()));
            Assert.All(acts, act => Assert.Equal(act.GetProperty("digest").GetString(), act.GetProperty("alone").GetString()));
            Assert.Equal("Now.", acts[1].GetProperty("captions").GetProperty("26").GetString());
            Assert.Equal(await client.GetStringAsync("api/world"), await client.GetStringAsync("acts/1/api/world")); // what is shown first
            Assert.Contains("tiny", await client.GetStringAsync("acts/2/api/world"), StringComparison.Ordinal);
            Assert.Equal(await client.GetByteArrayAsync("main.js"), await client.GetByteArrayAsync("acts/2/main.js"));
            foreach (var nothing in (string[])["acts/3/", "acts/0/api/world", "acts/x/", "acts/", "acts/1"])
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(nothing)).StatusCode);
        }

        var kept = _folder.At("out", "demo.json");
        File.WriteAllText(kept, File.ReadAllText(kept).Replace("Soon.", "Late.", StringComparison.Ordinal));
        Assert.Contains("was changed", Assert.Throws<UserErrorException>(() => Performance.Open(_folder.At("out"))).Message, StringComparison.Ordinal);
    }
}
