using System.Net;
using System.Text.Json;
using Diten.Actors.Metering;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.View.Operators;

namespace Diten.View.Tests.Operators;

/// <summary>The server answers operators, by the names that the table says, and nobody else.</summary>
public sealed class OperatorServerTests : IAsyncLifetime
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private OperatorServer _server = null!;

    public async Task InitializeAsync() => _server = await OperatorServer.StartAsync(new HttpPlace(IPAddress.Loopback, 0), ["emulation"], new NodeHealth());

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Prometheus_is_told_every_row_of_the_table_by_its_name_and_with_its_tag()
    {
        Everything.Tell();
        var scrape = new Scrape(await _client.GetStringAsync(_server.Address + "metrics"));

        string[] expected = [.. InstrumentTable.All.SelectMany(row => row.Kind == InstrumentKind.Histogram
            ? (string[])[row.PrometheusName + "_bucket", row.PrometheusName + "_count", row.PrometheusName + "_sum"] : [row.PrometheusName])];
        Assert.Equal(expected.Order(StringComparer.Ordinal), scrape.Names.Where(name => name.StartsWith("diten_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(InstrumentTable.All, row =>
        {
            var series = row.PrometheusName + (row.Kind == InstrumentKind.Histogram ? "_count" : "");
            Assert.Equal(row.Tag.Length > 0 ? [row.Tag] : [], scrape.LabelsOf(series));
            Assert.Subset(row.Values.ToHashSet(), row.Tag.Length > 0 ? scrape.ValuesOf(series, row.Tag).ToHashSet() : []);
        });
        Assert.Equal(["emulation"], scrape.ValuesOf("target_info", "diten_roles"));
        Assert.Contains("dotnet_process_memory_working_set_bytes", scrape.Names);
    }

    [Fact]
    public async Task A_node_that_starts_lives_and_is_not_ready()
    {
        var (live, _) = await Health("live");
        var (ready, found) = await Health("ready");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live, ready));
        Assert.Equal("Unhealthy", found.GetProperty("status").GetString());
        Assert.Equal("the node is starting", found.GetProperty("checks").GetProperty("member").GetProperty("says").GetString());
    }

    [Theory]
    [InlineData("GET", "metrics", "Host", "evil.example", 421)]
    [InlineData("GET", "metrics", "Origin", "http://evil.example", 403)]
    [InlineData("GET", "health/ready", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("POST", "metrics", "Accept", "*/*", 405)]
    [InlineData("GET", "", "Accept", "*/*", 404)]
    [InlineData("GET", "metrics", "Accept", "application/openmetrics-text; version=1.0.0", 200)]
    public async Task Who_is_answered(string method, string path, string header, string value, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _server.Address + path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    /// <summary>Who listens for others is called by names that are theirs to choose.</summary>
    [Theory]
    [InlineData("Host", "edge-1.example:9464", 200)]
    [InlineData("Origin", "http://evil.example", 403)]
    public async Task Who_is_answered_beyond_this_machine(string header, string value, int status)
    {
        await using var open = await OperatorServer.StartAsync(new HttpPlace(IPAddress.Any, 0), [], new NodeHealth());
        using var request = new HttpRequestMessage(HttpMethod.Get, open.Address.Replace("0.0.0.0", "127.0.0.1") + "health/live");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [SkippableTheory]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public async Task Another_loopback_address_answers_to_its_own_name(string address)
    {
        OperatorServer server;
        try
        {
            server = await OperatorServer.StartAsync(new HttpPlace(IPAddress.Parse(address), 0), [], new NodeHealth());
        }
        catch (UserErrorException none)
        {
            throw new SkipException($"this machine has no {address}: {none.Message}");
        }

        await using (server)
        {
            using var answer = await _client.GetAsync(server.Address + "health/live");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        var taken = new HttpPlace(IPAddress.Loopback, new Uri(_server.Address).Port);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => OperatorServer.StartAsync(taken, [], new NodeHealth()));

        Assert.StartsWith($"diten.node.http (--http): found {taken}, where nothing can listen", error.Message);
    }

    [Theory]
    [InlineData("9464", "127.0.0.1:9464")]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("localhost:1", "127.0.0.1:1")]
    [InlineData("0.0.0.0:65535", "0.0.0.0:65535")]
    [InlineData("[::1]:9464", "[::1]:9464")]
    [InlineData("65536", null)]
    [InlineData("-1", null)]
    [InlineData("http", null)]
    [InlineData("", null)]
    [InlineData(":9464", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.1:9464", null)]
    [InlineData("::1:9464", null)]
    [InlineData("[::1]", null)]
    [InlineData("edge-1:9464", null)]
    [InlineData("http://127.0.0.1:9464", null)]
    public void A_place_is_a_port_or_an_address_and_a_port(string text, string? place) => Assert.Equal(place, HttpPlace.Parse(text)?.ToString());

    private async Task<(HttpStatusCode Status, JsonElement Found)> Health(string which)
    {
        using var answer = await _client.GetAsync(_server.Address + "health/" + which);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
