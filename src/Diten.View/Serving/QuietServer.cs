using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diten.View.Serving;

/// <summary>A web server that takes no settings of the environment and no files of the working directory, logs nothing, and reads requests only.</summary>
internal static class QuietServer
{
    private const int MostConnections = 64;

    /// <summary>How a server is built that listens at one place.</summary>
    /// <param name="port">0 = any that is free.</param>
    public static WebApplicationBuilder Builder(IPAddress address, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, SignalsAreOurs>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>Starts a server.</summary>
    /// <returns>The port that it listens on.</returns>
    /// <exception cref="IOException">Nothing can listen there; nor where the exception is of <see cref="System.Net.Sockets.SocketException"/>.</exception>
    public static async Task<int> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    /// <summary>Stops a server; who reads nothing is cut off.</summary>
    public static async Task StopAsync(WebApplication app)
    {
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            try
            {
                await app.StopAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // Somebody reads nothing.
            }
        }

        await app.DisposeAsync();
    }

    /// <summary>Ctrl-C is the program's.</summary>
    private sealed class SignalsAreOurs : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    }
}
