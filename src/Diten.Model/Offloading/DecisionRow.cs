using Diten.Model.Computing;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Offloading;

/// <summary>A device and its task, as whoever decides for it knows them.</summary>
/// <param name="Serving">Server that serves it, for (3); −1 where a journey begins.</param>
/// <param name="LastTask">Server that ran its last task, where twins count it; −1 where there was none.</param>
/// <param name="Queue">Q(t).</param>
/// <param name="DataBits">η, bits.</param>
/// <param name="Cycles">λ, CPU cycles.</param>
/// <param name="DeadlineSeconds">γ, seconds.</param>
/// <param name="UplinkSeconds">T_u, seconds.</param>
internal readonly record struct DecidingDevice(
    int Device, int Serving, int LastTask, double Queue, double DataBits, double Cycles, double DeadlineSeconds, double UplinkSeconds);

/// <summary>What a server's twin tells whoever decides.</summary>
/// <param name="FreeHertz">c, free capacity, hertz.</param>
/// <param name="Tasks">Tasks there, the device's own last one among them.</param>
/// <param name="DeviationHertz">f̂, hertz.</param>
internal readonly record struct BelievedServer(int Server, double FreeHertz, int Tasks, double DeviationHertz)
{
    /// <summary>What there is above <see cref="Tasks"/>, where a twin tells a part of a task; −½ to ½.</summary>
    public double TasksPart { get; init; }
    /// <summary>Age of its twin, slots; whether that is suspect or worse; and how sure it is of c, hertz.</summary>
    public int AgeSlots { get; init; }
    public bool Suspect { get; init; }
    public double SpreadHertz { get; init; }
}

/// <summary>What a server offers to whoever has no task there, or one: the same for all of them.</summary>
/// <param name="TasksOfOthers">m; not negative.</param>
/// <param name="EstimatedHertz">f as policies see it, hertz.</param>
/// <param name="PredictedHertz">By which the prediction of T_cmp divides, hertz.</param>
internal readonly record struct ServerOffer(BelievedServer Server, int TasksOfOthers, double EstimatedHertz, double PredictedHertz);

/// <summary>Fills rows of a <see cref="DecisionBatch"/> from what twins believe (model.md §2, What a base station makes of it).</summary>
/// <param name="scenario">How servers share, and whether policies calibrate.</param>
/// <param name="backhaul">ψ of (7), and what a migration adds to its slot's latency.</param>
internal readonly struct DecisionRow(Scenario scenario, Backhaul backhaul)
{
    /// <summary>Adds a device's row; its candidates are still to be set, nearest first.</summary>
    /// <returns>The row.</returns>
    public static int Add(DecisionBatch batch, in DecidingDevice device, int candidates)
    {
        var row = batch.AddRow();
        batch.Devices[row] = device.Device;
        batch.CandidateCounts[row] = candidates;
        batch.ServingIndices[row] = -1;
        batch.Free[row] = device.Serving < 0;
        batch.Queues[row] = device.Queue;
        batch.Cycles[row] = device.Cycles;
        batch.DataBits[row] = device.DataBits;
        batch.DeadlineSeconds[row] = device.DeadlineSeconds;
        batch.UplinkSeconds[row] = device.UplinkSeconds;
        return row;
    }

    /// <summary>What a server offers a device, as its twin is believed.</summary>
    /// <param name="others">Tasks there but for the device's own last one.</param>
    public ServerOffer Offer(in BelievedServer server, int others)
    {
        var share = SharePrediction.EstimatedHertz(scenario.Servers.Sharing, server.FreeHertz, Math.Max(0, others + server.TasksPart));
        return new ServerOffer(
            server, Math.Max(0, others), SharePrediction.PublishedHertz(scenario.Twins, share, server.DeviationHertz),
            SharePrediction.PredictedHertz(scenario.Twins, share, server.DeviationHertz));
    }

    /// <summary>Sets candidate <paramref name="k"/> of a row.</summary>
    public void SetCandidate(DecisionBatch batch, int row, int k, in DecidingDevice device, in BelievedServer server, double distanceMetres) =>
        SetCandidate(batch, row, k, device, Offer(server, server.Tasks - OwnTask(device, server.Server)), distanceMetres);

    /// <summary>Sets candidate <paramref name="k"/> of a row to what a server offers the device.</summary>
    public void SetCandidate(DecisionBatch batch, int row, int k, in DecidingDevice device, in ServerOffer offer, double distanceMetres)
    {
        var cell = row * batch.Candidates + k;
        var server = offer.Server.Server;
        var moves = device.Serving >= 0 && server != device.Serving;
        if (server == device.Serving)
            batch.ServingIndices[row] = k;
        batch.Servers[cell] = server;
        batch.DistanceMetres[cell] = distanceMetres;
        batch.TasksOfOthers[cell] = offer.TasksOfOthers;
        batch.DeviationHertz[cell] = offer.Server.DeviationHertz;
        if (scenario.Decisions.State == DecisionState.DitenAged)
            (batch.AgeSlots[cell], batch.Suspect[cell], batch.SpreadHertz[cell]) = (offer.Server.AgeSlots, offer.Server.Suspect, offer.Server.SpreadHertz);
        batch.EstimatedHertz[cell] = offer.EstimatedHertz;
        batch.PredictedSeconds[cell] = PredictedLatency.Seconds(
            device.UplinkSeconds, backhaul.SecondsPerMetre * distanceMetres, device.Cycles, offer.PredictedHertz, moves ? backhaul.OutageSeconds : 0);
    }

    /// <summary>1 where a server's tasks count the device's own last one, which does not count; else 0.</summary>
    public static int OwnTask(in DecidingDevice device, int server) => server == device.LastTask ? 1 : 0;
}
