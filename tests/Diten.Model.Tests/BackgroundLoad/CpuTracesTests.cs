using Diten.Model.BackgroundLoad;
using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Mobility;

namespace Diten.Model.Tests.BackgroundLoad;

/// <summary>Forms that recorded CPU use comes in.</summary>
public sealed class CpuTracesTests : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0,0.10\n300,0.55\n600,0.90\n", CpuUnit.Auto, CpuUnit.Fraction, true, 0.55)]
    [InlineData("0,0.10\n300,0.55\n600,0.90\n", CpuUnit.Fraction, CpuUnit.Fraction, false, 0.55)]
    [InlineData("0,0.10\n300,0.55\n600,0.90\n", CpuUnit.Percent, CpuUnit.Percent, false, 0.0055)]
    [InlineData("0,0.10\n300,0.55\n600,1.5\n", CpuUnit.Auto, CpuUnit.Percent, false, 0.0055)]
    [InlineData("0,0\n300,0\n600,0\n", CpuUnit.Auto, CpuUnit.Percent, false, 0)] // the same in any unit
    public void The_unit_is_told_or_assumed_and_that_is_said(string rows, CpuUnit told, CpuUnit unit, bool isAssumed, double second)
    {
        var traces = Read(_folder.Write("cpu.csv", "timestamp,value\n" + rows), servers => servers with { BackgroundTraceUnit = told });

        Assert.Equal((unit, isAssumed), (traces.Unit, traces.UnitIsAssumed));
        Assert.Equal(second, traces.Machines[0].At(300), 1e-15);
    }

    [Fact]
    public void An_idle_machine_among_others_is_idle()
    {
        _folder.Write("busy.csv", "0,12\n300,35\n");
        _folder.Write("idle.csv", "0,0.1\n300,0.2\n");

        Assert.Equal(0.002, Read(_folder.Path).Machines[1].At(300), 1e-15);
    }

    [Fact]
    public void Virtual_machines_of_Bitbrains_are_read_as_they_come()
    {
        var path = _folder.Write("1.csv", "Timestamp [ms];\tCPU cores;\tCPU usage [MHZ];\tCPU usage [%];\tMemory usage [KB]\n"
            + "1376314846;\t4;\t10912.02;\t93.2333;\t6129274\n1376315146;\t4;\t10890.57;\t93.05;\t6755624\n");

        var machine = Assert.Single(Read(path).Machines);

        Assert.Equal((2, 300, 600), (machine.Kept, machine.StepSeconds, machine.DurationSeconds));
        Assert.Equal((0.932333, 0.9305), (machine.At(0), machine.At(300)));
    }

    [Fact]
    public void Columns_and_separator_can_be_told()
    {
        var named = _folder.Write("named.csv", "when|a, b|busy\n0|x, y|20\n60|x, y|40\n");
        var bare = _folder.Write("bare.csv", "7 20 0\n7 40 60\n");

        var byName = Read(named, servers => servers with
        { BackgroundTraceSeparator = FieldSeparator.Bar, BackgroundTraceTimeColumn = "when", BackgroundTraceValueColumn = "busy" }).Machines[0];
        var byNumber = Read(bare, servers => servers with { BackgroundTraceTimeColumn = "2", BackgroundTraceValueColumn = "1" }).Machines[0];

        Assert.All([byName, byNumber], machine => Assert.Equal((60, 0.2, 0.4), (machine.StepSeconds, machine.At(0), machine.At(60))));
    }

    [Fact]
    public void A_number_a_line_and_a_file_a_machine_is_PlanetLabs_form()
    {
        _folder.Write("host_a", "12\n35\n40\n");
        _folder.Write("host_b", "100\n0\n\nbroken\n7");

        var machines = Read(_folder.Path).Machines;

        Assert.Equal([3, 3], machines.Select(machine => machine.Kept));
        Assert.Equal((300, 900, 0.35), (machines[0].StepSeconds, machines[0].DurationSeconds, machines[0].At(599)));
        // The line that cannot be read took its five minutes all the same.
        Assert.Equal((1, 0.07), (machines[1].Unreadable, machines[1].At(900)));
        Assert.Equal(0.12, Read(_folder.Write("host_c", "percent\nbroken\n12\n35\n")).Machines[0].At(0));
        Assert.Equal(0.4, Read(_folder.Path, servers => servers with { BackgroundTraceStepSeconds = 10 }).Machines[0].At(25));
    }

    [Fact]
    public void Dates_that_begin_with_the_day_are_read_where_the_scenario_says_so()
    {
        var path = _folder.Write("cpu.csv", "time,cpu\n31/01/2019 23:55:00,10\n01/02/2019 00:00:00,20\n");

        Assert.Equal(300, Read(path, servers => servers with { BackgroundTraceTimeForm = TimeForm.DayFirst }).Machines[0].StepSeconds);
        var refusal = Assert.Throws<InputFileException>(() => Read(path)).Message;
        Assert.Contains("2 rows read", refusal);
        Assert.Contains("\"31/01/2019 23:55:00\"", refusal);
        Assert.Contains("servers.background.trace-time-form tells", refusal);
    }

    [Fact]
    public void Values_that_no_server_can_take_are_counted() =>
        Assert.Equal(3, Read(_folder.Write("cpu.csv", "0,-1\n1,50\n2,99\n3,100\n4,250\n")).Machines[0].Clamped);

    private static CpuTraces Read(string path, Func<ServersSection, ServersSection>? with = null)
    {
        var servers = new ServersSection { Background = BackgroundKind.Trace, BackgroundTraces = path };
        return CpuTraces.Read(with?.Invoke(servers) ?? servers);
    }
}
