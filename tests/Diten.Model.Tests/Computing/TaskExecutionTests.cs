using Diten.Model.Computing;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Computing;

/// <summary>Tasks that meet on a server, under each rule of sharing, worked out by hand.</summary>
public sealed class TaskExecutionTests
{
    [Fact]
    public void Equal_shares_last_for_the_whole_task()
    {
        var sheet = Sheet((1, 1e9, 0), (2, 3e9, 0));

        Assert.Equal(0, TaskExecution.Run(CpuSharing.Equal, sheet, 4e9, 0.5e9, 0, 1));

        Assert.Equal([0.4, 1.2], Rounded(sheet.ComputationSeconds, 2)); // 2 GHz each, and 0.5 GHz more than anybody knew
        Assert.Equal(4e9, sheet.PeakSharesHertz);
    }

    [Fact]
    public void Processor_sharing_returns_shares_when_a_task_ends()
    {
        var sheet = Sheet((1, 3e9, 0), (2, 1e9, 0));

        TaskExecution.Run(CpuSharing.ProcessorSharing, sheet, 4e9, 0, 0, 1);

        Assert.Equal([1.0, 0.5], Rounded(sheet.ComputationSeconds, 2)); // 1 Gcycle at 2 GHz; the other has 2 Gcycles left at 4 GHz
    }

    [Fact]
    public void Exclusive_tasks_do_not_feel_each_other()
    {
        var sheet = Sheet((1, 3e9, 0), (2, 1e9, 0));

        TaskExecution.Run(CpuSharing.Exclusive, sheet, 4e9, 0, 0, 1);

        Assert.Equal([0.75, 0.25], Rounded(sheet.ComputationSeconds, 2));
    }

    [Fact]
    public void Fifo_serves_by_arrival_and_carries_over_what_is_left()
    {
        var sheet = Sheet((1, 2e9, 0.3), (2, 2e9, 0.1), (3, 1e9, 0.1));

        var carried = TaskExecution.Run(CpuSharing.Fifo, sheet, 4e9, 0, carriedSeconds: 0.2, slotSeconds: 1);

        // Device 2 starts at 0.2 (left over from before), 3 at 0.7, 1 at 0.95; the last ends at 1.45.
        Assert.Equal([0.65, 0.1, 0.6], Rounded(sheet.QueueingSeconds, 3));
        Assert.Equal([0.5, 0.5, 0.25], Rounded(sheet.ComputationSeconds, 3));
        Assert.Equal(0.45, carried, 1e-12);
    }

    private static TaskSheet Sheet(params (int Device, double Cycles, double Arrival)[] tasks)
    {
        var sheet = new TaskSheet();
        sheet.Begin(tasks.Length);
        foreach (var (device, cycles, arrival) in tasks)
            sheet.Add(device, cycles, arrival);
        sheet.Sort();
        return sheet;
    }

    private static double[] Rounded(double[] values, int count) => [.. values.Take(count).Select(v => Math.Round(v, 9))];
}
