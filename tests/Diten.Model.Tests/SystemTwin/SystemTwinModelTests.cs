using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using static Diten.Model.Tests.SystemTwin.TwinWorld;

namespace Diten.Model.Tests.SystemTwin;

/// <summary>What the system's twin is fitted to, and by what.</summary>
public sealed class SystemTwinModelTests
{
    [Fact]
    public void Load_is_of_others_where_twins_tell_more_than_recorded_devices_had_there()
    {
        var model = Recorded();

        Assert.Equal([0, 0, 0, 0], model.Slots[0].TasksOfOthers); // nobody knows who was where before
        Assert.Equal([1, 0, 0, 0], model.Slots[1].TasksOfOthers);
        Assert.Equal([2, 0, 0, 0], model.Slots[2].TasksOfOthers);
        Assert.Equal([12e9, 8e9, 10e9, 10e9], model.Slots[1].FreeHertz);
    }

    [Fact]
    public void A_twin_that_has_missed_placements_makes_load_of_others_negative()
    {
        var model = SystemTwinModel.Fresh(Town)
            .Observe(0, [Report(0, (10, 0, 0), (10, 0, 0), At0(7, 0), At0(9, 1))])
            .Observe(1, [Report(1, (10, 0, 0), (10, 1, 0), At0(7, 0), At0(9, -1))])
            .Observe(2, [Report(2, (10, 0, 0), (10, 1, 0), At0(7, 0), At0(9, 1))]);

        Assert.Equal([-1, 0, 0, 0], model.Slots[1].TasksOfOthers);
        Assert.Equal([-1, 1, 0, 0], model.Slots[2].TasksOfOthers); // device 9 was out of coverage
    }

    [Fact]
    public void Nothing_depends_on_the_order_in_which_zones_report()
    {
        var whole = Report(0, (1, 2, 3), (4, 5, 6), At0(7, 0), At0(9, 1));
        SystemReport[] parts =
            [new([whole.Twins[3], whole.Twins[1]], [whole.Devices[1]]), new([whole.Twins[2], whole.Twins[0]], [whole.Devices[0]])];

        var model = SystemTwinModel.Fresh(Town).Observe(0, parts);

        Assert.Equal([1e9, 4e9, 10e9, 10e9], model.Slots[0].FreeHertz);
        Assert.Equal([3e9, 6e9, 0, 0], model.Slots[0].DeviationHertz);
        Assert.Equal(whole.Devices, model.Slots[0].Devices);
    }

    [Fact]
    public void It_keeps_the_last_slots_of_two_journeys()
    {
        var model = SystemTwinModel.Fresh(Town);
        for (var slot = 0; slot < 20; slot++)
            model = model.Observe(slot, [Report(slot, (10, 0, 0), (10, 0, 0), At0(7, 0))]);

        Assert.Equal(Enumerable.Range(12, 8), model.Slots.Select(slot => slot.Slot)); // 2 · 3 + 2
    }

    [Fact]
    public void With_very_many_devices_every_so_manyth_is_reported()
    {
        Assert.Equal(1, SystemReport.Every(new Scenario()));
        Assert.Equal(193, SystemReport.Every(new Scenario { Devices = new DevicesSection { Count = 1_000_000 } })); // 202 million device-slots, of 1,048,576
    }

    [Fact]
    public void Slots_that_do_not_follow_each_other_are_told()
    {
        var model = Recorded();

        Assert.Throws<InvalidDataException>(() => model.Observe(5, [Report(5, (10, 0, 0), (10, 0, 0), At0(7, 0), At0(9, 0))]));
        Assert.Throws<InvalidDataException>(() => model.Observe(4, [Report(4, (10, 0, 0), (10, 0, 0), At0(7, 0))]));
        Assert.Throws<InvalidDataException>(() => model.Observe(4, []));
    }

    /// <summary>The types themselves say that nothing true of servers is told: who adds to them must say here what it is.</summary>
    [Fact]
    public void A_report_has_no_field_for_what_happened_on_servers()
    {
        Assert.Equal(["Devices", "Twins"], NamesOf(typeof(SystemReport)));
        Assert.Equal(
            [
                "AgeSlots", "Changes", "Condition", "DeviationHertz", "FreeHertz", "Revision", "Round", "Server", "Slot", "SpreadHertz", "Tasks",
                "TasksPart",
            ], NamesOf(typeof(TwinEstimate)));
        Assert.Equal(
            ["Covered", "Cycles", "DataBits", "DeadlineSeconds", "Device", "Ends", "Server", "UplinkSeconds", "X", "Y"], NamesOf(typeof(DeviceSighting)));
    }

    private static IEnumerable<string> NamesOf(Type type) => type
        .GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public)
        .Select(property => property.Name).Order(StringComparer.Ordinal);
}
