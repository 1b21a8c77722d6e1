using Diten.Actors.Nodes;
using Diten.Model.Records;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests;

/// <summary>Small worlds that show what actors must carry: hand-overs, interference, rounds, migrations.</summary>
internal static class Small
{
    /// <summary>1 km² of 25 stations, with everything switched on.</summary>
    public static Scenario City(int devices = 150, int slots = 12) => new()
    {
        Slots = slots,
        AreaSideMetres = 800,
        Devices = new DevicesSection { Count = devices, SpeedMetresPerSecond = 40, JourneySlots = 9 },
    };

    public static async Task<string> DigestAsync(Scenario scenario, int threads = 2) =>
        Convert.ToHexString((await Emulation.RunAsync(scenario, new EmulationOptions { WorkerThreads = threads })).Digest);

    public static Scenario Cut(this Scenario scenario, int columns, int rows) =>
        scenario with { Zones = new ZonesSection { Columns = columns, Rows = rows } };
}

/// <summary>Keeps every report.</summary>
internal sealed class Reports : IRunObserver
{
    public List<SlotReport> Slots { get; } = [];

    public void SlotCompleted(SlotReport report) => Slots.Add(report);
}
