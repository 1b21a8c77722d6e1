using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Offloading;

/// <summary>A server as the page has it: what its twin tells, and where it stands.</summary>
/// <param name="Free">c, hertz.</param>
/// <param name="Deviation">f̂, hertz.</param>
/// <param name="Tasks">As last synced, the device's own last one among them.</param>
internal sealed record PageServer(int Id, double Distance, double Free, double Deviation, int Tasks);

/// <summary>A device that decides.</summary>
/// <param name="Serving">−1 in the first slot of a journey.</param>
/// <param name="LastTask">Server that ran its last task; −1 where none did.</param>
internal sealed record PageDevice(double X, double Y, int Serving, int LastTask, double Queue, double Cycles, double Uplink);

/// <summary>
/// What docs/model.md (and docs/policies.md) says of a decision, written from the pages alone. It takes nothing of the product but the values
/// of a scenario; to be changed only where a page is.
/// </summary>
internal sealed class ModelPage(Scenario scenario)
{
    // §1, Space: n × n stations, the one in row i and column j at ((i + ½) a, (j + ½) a) with the id n i + j.
    private int StationsInARow => Math.Max(
        1, (int)Math.Round(Math.Sqrt(scenario.AreaSideMetres * scenario.AreaSideMetres * scenario.Stations.DensityPerSquareMetre)));

    public double Spacing => scenario.AreaSideMetres / StationsInARow;

    private double Psi => scenario.Backhaul.LatencySecondsPerMetre ?? scenario.Backhaul.LatencySecondsPerSpacing / Spacing;

    // §1, Candidates.
    public (int Server, double Distance)[] Nearest(double x, double y)
    {
        var (n, a) = (StationsInARow, Spacing);
        return
        [
            .. from i in Enumerable.Range(0, n)
               from j in Enumerable.Range(0, n)
               let distance = Math.Sqrt(Math.Pow((i + 0.5) * a - x, 2) + Math.Pow((j + 0.5) * a - y, 2))
               orderby distance, n * i + j
               select (n * i + j, distance),
        ];
    }

    // (5), (6).
    public double Uplink(double bits, double watts, double metres, double interference) =>
        bits / (scenario.Radio.BandwidthHertz * Math.Log2(1
            + watts * Math.Pow(Math.Max(metres, 1), -scenario.Radio.PathLossExponent) / (scenario.Radio.NoiseWatts + interference)));

    // §2, What a base station makes of it.
    private double FrequencyBefore(PageDevice device, PageServer server)
    {
        double m = Math.Max(0, server.Tasks - (server.Id == device.LastTask ? 1 : 0));
        return scenario.Servers.Sharing switch
        {
            CpuSharing.Equal or CpuSharing.ProcessorSharing => server.Free / (1 + m),
            CpuSharing.Fifo => server.Free / (1 + m / 2),
            _ => server.Free,
        };
    }

    private bool TwinsSide =>
        scenario.Twins.DeviationSource == DeviationSource.Injected && scenario.Twins.DeviationSide == DeviationSide.Twin;

    public double Frequency(PageDevice device, PageServer server)
    {
        var f = FrequencyBefore(device, server);
        return TwinsSide ? Math.Max(f - server.Deviation, 0.1 * f) : f;
    }

    public static double Move(PageDevice device, PageServer server) => device.Serving < 0 || device.Serving == server.Id ? 0 : 1;

    public double Latency(PageDevice device, PageServer server)
    {
        var f = FrequencyBefore(device, server);
        var divisor = (TwinsSide, scenario.Twins.Calibrated) switch
        {
            (true, true) => f,
            (true, false) => Frequency(device, server),
            (false, true) => Math.Max(f + server.Deviation, 0.1 * f),
            (false, false) => f,
        };
        var outage = scenario.Servers.MigrationOutage
            ? Move(device, server) * scenario.Servers.ServiceStateBits / scenario.Backhaul.RateBitsPerSecond
            : 0;
        return device.Uplink + Psi * server.Distance + device.Cycles / divisor + outage;
    }

    // §4, the state `diten`.
    public (string Name, double Value)[] Features(PageDevice device, PageServer[] candidates, int k)
    {
        var (server, t, move) = (candidates[k], Latency(device, candidates[k]), Move(device, candidates[k]));
        var extra = t - candidates.Min(other => Latency(device, other));
        return
        [
            ("distance", server.Distance / Spacing),
            ("frequency", Frequency(device, server) / 10e9),
            ("deviation", server.Deviation / 1e9),
            ("extra-latency", 10 * extra),
            ("latency", 5 * t),
            ("move", move),
            ("log-queue", Math.Log(1 + device.Queue)),
            ("log-queue-move", Math.Log(1 + device.Queue) * move),
            ("cycles", device.Cycles / 2e9),
            ("rank", k / (double)scenario.Decisions.Candidates),
            ("drift-plus-penalty",
                Math.Min(scenario.Objective.V * extra + device.Queue * scenario.Objective.MigrationCost * move, 10) / 5),
        ];
    }

    // §4, the state `paper`.
    public double[] PaperState(PageDevice device, PageServer[] candidates)
    {
        var state = candidates.SelectMany(server => new[] { server.Distance / Spacing, Frequency(device, server) / 10e9, server.Deviation / 1e9 });
        return [.. state, .. new double[3 * (scenario.Decisions.Candidates - candidates.Length)], device.Queue];
    }

    // §4, Policies without a network.
    public int DriftPlusPenalty(PageDevice device, PageServer[] candidates) =>
        First(candidates, server => scenario.Objective.V * Latency(device, server)
            + device.Queue * scenario.Objective.MigrationCost * Move(device, server));

    // docs/policies.md.
    public int Hysteresis(PageDevice device, PageServer[] candidates)
    {
        var (fastest, serving) = (First(candidates, server => Latency(device, server)), Serving(device, candidates));
        return serving < 0
            || Latency(device, candidates[fastest]) <= (1 - scenario.Policy.Margin) * Latency(device, candidates[serving])
            ? fastest
            : serving;
    }

    public int HardBudget(PageDevice device, PageServer[] candidates)
    {
        var serving = Serving(device, candidates);
        return serving >= 0 && device.Queue > 1e-12 ? serving : First(candidates, server => Latency(device, server));
    }

    private static int Serving(PageDevice device, PageServer[] candidates) => Array.FindIndex(candidates, server => server.Id == device.Serving);

    private static int First(PageServer[] candidates, Func<PageServer, double> value)
    {
        var values = Array.ConvertAll(candidates, server => value(server));
        return Array.IndexOf(values, values.Min());
    }
}
