using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Diten.Actors.Metering;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.View.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Diten.View.Operators;

/// <summary>Answers whoever runs a node: <c>/metrics</c> for Prometheus, <c>/health/live</c> and <c>/health/ready</c>. Reads only.</summary>
public sealed class OperatorServer : IAsyncDisposable
{
    private const string Live = "live", Ready = "ready", OfRuntime = "System.Runtime";

    private readonly WebApplication _app;
    private readonly MeterProvider _meters;

    private OperatorServer(WebApplication app, MeterProvider meters, string address) => (_app, _meters, Address) = (app, meters, address);

    /// <summary>Its address, with a slash at the end.</summary>
    public string Address { get; }

    /// <summary>Starts to answer.</summary>
    /// <param name="place">Where it listens.</param>
    /// <param name="roles">What the node is there for; part of <c>target_info</c>.</param>
    /// <param name="health">What is told of the node's health.</param>
    /// <exception cref="UserErrorException">Nothing can listen there.</exception>
    public static async Task<OperatorServer> StartAsync(HttpPlace place, IEnumerable<string> roles, NodeHealth health)
    {
        var meters = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(about => about.Clear()
                .AddService("diten", serviceVersion: typeof(OperatorServer).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false)
                .AddAttributes([new("diten.roles", string.Join(',', roles))]))
            .AddMeter(InstrumentTable.MeterName, OfRuntime)
            .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false) // all are of one meter, and say so by their names
            .Build();
        try
        {
            var builder = QuietServer.Builder(place.Address, place.Port);
            AddChecks(builder.Services, health);
            var app = builder.Build();
            var listens = 0;
            app.Use((context, next) => Guard(context, next, place.Address, Volatile.Read(ref listens)));
            app.UseHealthChecks("/health/live", Answer(Live));
            app.UseHealthChecks("/health/ready", Answer(Ready));
            app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, "/metrics", configureBranchedPipeline: null, optionsName: null);
            app.Run(NotFoundAsync);
            Volatile.Write(ref listens, await QuietServer.StartAsync(app));
            Instruments.BeginAtZero();
            return new OperatorServer(app, meters, $"http://{place with { Port = listens }}/");
        }
        catch (Exception taken)
        {
            meters.Dispose();
            if (taken is IOException or SocketException)
                throw new UserErrorException(
                    $"diten.node.http (--http): found {place}, where nothing can listen ({taken.Message}); allowed: a free port of an address of this machine; port 0 = any.");
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await QuietServer.StopAsync(_app);
        _meters.Dispose();
    }

    private static void AddChecks(IServiceCollection services, NodeHealth health) => services.AddHealthChecks()
        .AddCheck("process", () => Result(health.Lives()), [Live])
        .AddCheck("member", () => Result(health.IsMember()), [Ready])
        .AddAsyncCheck("clock", async cancel => Result(await health.HasClockAsync(cancel)), [Ready]);

    private static HealthCheckResult Result(NodeFinding found) =>
        found.IsGood ? HealthCheckResult.Healthy(found.Says) : HealthCheckResult.Unhealthy(found.Says);

    /// <summary>200 where all is well, else 503; and, check by check, what was found.</summary>
    private static HealthCheckOptions Answer(string which) => new()
    {
        Predicate = check => check.Tags.Contains(which),
        ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(
                    entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), says = entry.Value.Description ?? entry.Value.Exception?.Message }),
            },
            JsonSerializerOptions.Web, context.RequestAborted),
    };

    /// <summary>Web sites read nothing through the browser of somebody who visits them: see <see cref="RequestGuard"/>.</summary>
    private static Task Guard(HttpContext context, RequestDelegate next, IPAddress address, int port)
    {
        RequestGuard.Seal(context.Response);
        // Who let others in has a name for this machine that only they know; but everybody else on that network can ask, too.
        var refusal = IPAddress.IsLoopback(address) ? RequestGuard.Refusal(context.Request, new IPEndPoint(address, port)) : RequestGuard.RefusalOfForeigners(context.Request);
        if (refusal is not var (status, reason))
            return next(context);
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason + "\n");
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("Here are /metrics, /health/live and /health/ready.\n");
    }
}
