using Diten.Actors.Wire;
using Diten.Model;
using Diten.Model.EdgeServers;
using Xunit.Abstractions;

namespace Diten.Actors.Tests.Wire;

/// <summary>What a border of zones costs in bytes.</summary>
public sealed class ExchangeSizeTests(ITestOutputHelper output)
{
    private const int Stations = 15, Servers = 8, TasksOfEach = 25;

    /// <summary>Device ids of a million devices, so that deltas are long; every fifth service comes from another server.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_task_that_crosses_a_border_costs_40_bytes_at_most_there_and_back(bool fifo)
    {
        var (there, back) = (There(), Back(fifo));
        const int tasks = Stations * Servers * TasksOfEach;

        var (bytesThere, bytesBack) = (MessageTable.ToBytes(there).Length, MessageTable.ToBytes(back).Length);

        output.WriteLine($"{tasks} tasks: {bytesThere} bytes there, {bytesBack} back, {(double)(bytesThere + bytesBack) / tasks:F1} a task");
        Assert.InRange((double)(bytesThere + bytesBack) / tasks, 16, fifo ? 40 : 32);
    }

    [Fact]
    public void An_exchange_that_carries_nothing_costs_a_dozen_bytes() =>
        Assert.InRange(MessageTable.ToBytes(new ZoneExchange(812, 813, 100_000, 11, [], [])).Length, 4, 12);

    /// <summary>An exchange as stations at a border send it after the last decision.</summary>
    private static ZoneExchange There()
    {
        var random = new Random(3);
        var mails = new List<ZoneMail>();
        for (var station = 0; station < Stations; station++)
            for (var server = 0; server < Servers; server++)
            {
                var devices = Enumerable.Range(0, TasksOfEach).Select(_ => random.Next(1_000_000)).Order().ToArray();
                var seats = Enumerable.Range(0, TasksOfEach).Select(_ => random.Next(400)).Order().ToArray();
                var tasks = devices.Select((device, i) => new SubmittedTask(
                    device, seats[i], 1e9 * random.NextDouble(), random.NextDouble(),
                    random.Next(5) == 0 ? 300 + random.Next(20) : SubmittedTask.Here)).ToArray();
                LeavingService[] leaving = [.. devices.Where(_ => random.Next(5) == 0).Select(d => new LeavingService(d, 300 + random.Next(20)))];
                mails.Add(new ZoneMail(EntityKind.Server, 500 + server, new SubmitTasks(500 + server, 1200 + station, 77, tasks, leaving)));
            }

        return new ZoneExchange(12, 13, 77, 7, mails, []);
    }

    /// <summary>What the servers answer.</summary>
    private static ZoneExchange Back(bool fifo)
    {
        var random = new Random(4);
        var mails = new List<ZoneMail>();
        for (var server = 0; server < Servers; server++)
            for (var station = 0; station < Stations; station++)
            {
                var seats = Enumerable.Range(0, TasksOfEach).Select(_ => random.Next(400)).Order().ToArray();
                var tasks = seats.Select(seat => new ExecutedTask(seat, fifo ? random.NextDouble() : 0, random.NextDouble())).ToArray();
                mails.Add(new ZoneMail(EntityKind.Station, 1200 + station, new TasksExecuted(1200 + station, 500 + server, 77, tasks)));
            }

        return new ZoneExchange(13, 12, 77, 9, mails, []);
    }
}
