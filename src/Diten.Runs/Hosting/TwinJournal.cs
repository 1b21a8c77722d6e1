using Akka.Actor;
using Akka.Actor.Setup;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.Worlds;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Hosting;

/// <summary>Reads what a run's journal knows of a server and its twin.</summary>
public static class TwinJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>All slots that the journal knows, ascending.</summary>
    /// <exception cref="UserErrorException">The journal cannot be reached.</exception>
    /// <exception cref="IOException">It does not answer.</exception>
    /// <exception cref="InvalidDataException">Events are missing from it.</exception>
    public static async Task<IReadOnlyList<TwinSlot>> ReadAsync(JournalLocation location, string runId, World world, int server, CancellationToken cancel)
    {
        JournalSettings.Check(location);
        var settings = NodeSettings.Load(1).WithFallback(JournalSettings.For(location));
        using var system = ActorSystem.Create(
            "diten", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(settings), JournalSettings.Setup(location)));
        try
        {
            var plan = CityPlan.Create(world);
            // The twin's zone tells what happened to it; the server's, what was true. They may be one.
            var (twinZone, serverZone) = (plan.ZoneOf(EntityKind.Twin, server), plan.ZoneOf(EntityKind.Server, server));
            var twin = await ReadAsync(system, runId, twinZone, server, cancel);
            var truth = twinZone == serverZone ? twin : await ReadAsync(system, runId, serverZone, server, cancel);
            return TwinHistory.Of(server, twin, truth, world.Scenario, world.Faults);
        }
        catch (TimeoutException)
        {
            throw new IOException($"The journal does not answer within {Patience.TotalMinutes} minutes: {location.Describe()}.");
        }
        finally
        {
            await system.Terminate();
            SqliteConnection.ClearAllPools();
        }
    }

    private static Task<IReadOnlyList<TwinRecord>> ReadAsync(ActorSystem system, string runId, int zone, int server, CancellationToken cancel)
    {
        var read = new TaskCompletionSource<IReadOnlyList<TwinRecord>>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new TwinHistoryActor(ZoneStart.TwinJournalIdOf(runId, zone), server, read)));
        return read.Task.WaitAsync(Patience, cancel);
    }
}
