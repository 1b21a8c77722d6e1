using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Mobility;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.MobileDevices;

/// <summary>Journeys end where the recording does, which is a jump, and after τ slots, where the device goes on from where it is.</summary>
public sealed class JourneyEndTests : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_device_says_when_it_jumps_and_not_when_a_journey_ends_where_it_is()
    {
        // One journey of six slots, from 0 s to 5 s, and τ = 4.
        var world = World.Create(new Scenario
        {
            AreaSideMetres = 400,
            Devices = new DevicesSection
            {
                Mobility = MobilityKind.Trace,
                Traces = _folder.Write("a.csv", "id,time,x,y\na,0,0,0\na,5,100,0\n"),
                TraceFit = TraceFit.Crop,
                JourneySlots = 4,
            },
        });
        var device = MobileDevice.Start(world, 0);
        var (jumps, ends) = (new List<int>(), new List<int>());

        for (var slot = 0; slot < 14; slot++)
        {
            var report = new DeviceReport();
            MobileDevice.Report(world, ref device, slot, report);
            if (report.Jumps)
                jumps.Add(slot);
            if (report.LastOfJourney)
                ends.Add(slot);
        }

        Assert.Equal([5, 11], jumps);
        Assert.Equal([3, 5, 9, 11], ends);
    }
}
