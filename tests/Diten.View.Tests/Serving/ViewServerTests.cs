using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Diten.Runs;
using Diten.View.Recordings;
using Diten.View.Serving;

namespace Diten.View.Tests.Serving;

/// <summary>The server answers its own page on this machine, reads only, and nobody else.</summary>
public sealed class ViewServerTests(TinyRun run) : IClassFixture<TinyRun>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private ViewServer _server = null!;

    public async Task InitializeAsync()
    {
        run.Record(_folder.Path).Recording.Dispose();
        _server = await ViewServer.OpenAsync(_folder.Path, port: 0);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Files => [.. Assets.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_file_of_the_page_is_served_with_a_policy_that_lets_nothing_in_from_elsewhere(string file)
    {
        using var answer = await _client.GetAsync(_server.Address + file);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("https:", text);
        Assert.DoesNotContain("http:", text.Replace("http://www.w3.org/2000/svg", "")); // the name of a format, not a place
        Assert.DoesNotContain(" style=", text);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:PORT", 421)]
    [InlineData("127.0.0.1:1", 421)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("127.0.0.1:PORT", 200)]
    public async Task A_name_that_leads_here_and_is_not_ours_is_not_answered(string host, int status) =>
        Assert.Equal(status, await Ask("api/world", ("Host", host)));

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:PORT", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    public async Task A_page_of_another_origin_is_not_answered(string header, string value, int status) =>
        Assert.Equal(status, await Ask("api/world", (header, value)));

    [Fact]
    public async Task A_link_from_elsewhere_opens_the_page_and_nothing_else()
    {
        Assert.Equal(200, await Ask("", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")));
        Assert.Equal(403, await Ask("api/series", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Nothing_can_be_changed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _server.Address + "api/world");
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("..%2f..%2fetc/passwd")]
    [InlineData("api/frames/6")]
    [InlineData("api/frames/-1")]
    [InlineData("api/frames/99999999999")]
    [InlineData("api/servers/9999")]
    [InlineData("api/devices/50")]
    [InlineData("api/")]
    public async Task What_there_is_not_is_not_found(string path) => Assert.Equal(404, await Ask(path));

    [Fact]
    public async Task Frames_series_and_events_are_those_of_the_recording()
    {
        using var recording = Recording.Open(_folder.Path);

        Assert.Equal(recording.Frame(3), await _client.GetByteArrayAsync(_server.Address + "api/frames/3"));
        Assert.Equal(recording.Series(2), await _client.GetByteArrayAsync(_server.Address + "api/series?from=2"));
        Assert.Equal(recording.Frame(5), await _client.GetByteArrayAsync(_server.Address + "api/next?seen=2"));
        using var events = JsonDocument.Parse(await _client.GetStringAsync(_server.Address + "api/events"));
        Assert.Equal(recording.Events(0).Count, events.RootElement.GetArrayLength());
        using var ended = await _client.GetAsync(_server.Address + "api/next?seen=6");
        Assert.Equal((HttpStatusCode.NoContent, "yes"), (ended.StatusCode, Assert.Single(ended.Headers.GetValues("Diten-Ended"))));
    }

    [Fact]
    public async Task Only_this_machine_can_connect()
    {
        var port = new Uri(_server.Address).Port;
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        foreach (var address in others)
        {
            using var socket = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(address, port));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_by_name()
    {
        var port = new Uri(_server.Address).Port;

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => ViewServer.StartAsync(port));

        Assert.StartsWith($"--port: found {port}, ", refused.Message);
    }

    [Fact]
    public async Task A_folder_without_a_recording_is_refused_and_so_is_a_damaged_one()
    {
        using var empty = new TemporaryFolder();
        Assert.Contains("nothing was recorded", (await Assert.ThrowsAsync<UserErrorException>(() => ViewServer.OpenAsync(empty.Path, 0))).Message);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<UserErrorException>(() => ViewServer.OpenAsync(empty.At("none"), 0))).Message);
        run.Record(empty.Path).Recording.Dispose();
        File.WriteAllText(Recording.FramesIn(empty.Path), "DITENVUE");
        Assert.Contains("is no recording", (await Assert.ThrowsAsync<UserErrorException>(() => ViewServer.OpenAsync(empty.Path, 0))).Message);
    }

    private async Task<int> Ask(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address + path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value.Replace("PORT", $"{new Uri(_server.Address).Port}"));
        using var answer = await _client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
