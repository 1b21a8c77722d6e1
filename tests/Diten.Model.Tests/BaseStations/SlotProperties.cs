using Diten.Model.BaseStations;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.BaseStations;

/// <summary>A device in the cell in the middle of nine: where it is, and what it holds from the slot before.</summary>
/// <param name="Held">Server that served it and ran its last task; −1 where its journey begins.</param>
/// <param name="Skipped">Out of coverage in the slot before: it holds a service, but its task counted nowhere.</param>
public sealed record Visitor(double X, double Y, int Held, bool Skipped, byte Round, short Channel, double Queue);

/// <summary>What holds for a whole slot of one base station and nine servers, led by hand, whoever is there and whatever comes first.</summary>
[Properties(Arbitrary = [typeof(SlotProperties)])]
public sealed class SlotProperties
{
    private const int Rounds = 3;

    private static readonly World[] Worlds = [.. Enum.GetValues<CpuSharing>().Select(sharing => World.Create(new Scenario
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0), CoverageMetres = 90 },
        Servers = new ServersSection { Sharing = sharing },
        Decisions = new DecisionsSection { Rounds = Rounds, Candidates = 4 },
    }))];

    [Property]
    public void Each_device_has_one_task_at_one_server_and_one_outcome(Visitor[] visitors)
    {
        foreach (var world in Worlds)
        {
            var slot = Run(world, visitors, order: 0);

            var covered = slot.Records.Where(r => r.Outcome != TaskOutcome.Uncovered).ToArray();
            Assert.Equal(visitors.Length, slot.Totals.Devices);
            Assert.Equal(visitors.Length, slot.Totals.InTime + slot.Totals.Late + slot.Totals.Uncovered);
            Assert.Equal(Enumerable.Range(0, visitors.Length), slot.Records.Select(r => r.Device));
            Assert.Equal(covered.Select(r => (r.Device, r.Server)), slot.Tasks.Order());
            Assert.Equal(
                visitors.Count(v => (v.X - 225) * (v.X - 225) + (v.Y - 225) * (v.Y - 225) > 90 * 90), slot.Totals.Uncovered);
        }
    }

    [Property]
    public void The_order_in_which_messages_arrive_changes_no_bit(Visitor[] visitors, PositiveInt order)
    {
        foreach (var world in Worlds)
        {
            var (one, other) = (Run(world, visitors, 0), Run(world, visitors, order.Get));

            Assert.Equal(one.Digest, other.Digest);
            Assert.Equal(one.Totals, other.Totals); // interference and uplinks among them
            Assert.Equal(one.Records, other.Records);
            Assert.Equal(one.Facts, other.Facts);
            Assert.Equal(one.Carried, other.Carried);
        }
    }

    [Property]
    public void What_twins_are_told_adds_up_to_the_tasks_that_came_less_those_that_left(Visitor[] visitors)
    {
        var slot = Run(Worlds[0], visitors, 0);

        for (var server = 0; server < 9; server++)
        {
            var came = slot.Tasks.Count(task => task.Server == server);
            var left = slot.Records.Count(r =>
                r.Outcome != TaskOutcome.Uncovered && !visitors[r.Device].Skipped && visitors[r.Device].Held == server);
            Assert.Equal(came - left, slot.Placements[server]);
        }
    }

    [Property]
    public void A_service_lives_where_its_device_was_served_last_and_nowhere_else(Visitor[] visitors)
    {
        var slot = Run(Worlds[0], visitors, 0);

        foreach (var record in slot.Records)
        {
            var last = record.Outcome == TaskOutcome.Uncovered ? visitors[record.Device].Held : record.Server;
            Assert.Equal(last < 0 ? [] : [last], Enumerable.Range(0, 9).Where(server => slot.Services[server].Contains(record.Device)));
        }
    }

    private sealed record Outcome(
        SlotTotals Totals, byte[] Digest, List<DeviceSlotRecord> Records, List<(int Device, int Server)> Tasks, int[] Placements,
        List<ServerFacts> Facts, double[] Carried, HashSet<int>[] Services);

    /// <summary>One slot; whatever arrives from several senders arrives shuffled by <paramref name="order"/> (0 = as sent).</summary>
    private static Outcome Run(World world, Visitor[] visitors, int order)
    {
        var random = new Random(order);
        T[] Mixed<T>(IEnumerable<T> messages)
        {
            T[] mixed = [.. messages];
            if (order != 0)
                random.Shuffle(mixed);
            return mixed;
        }

        var station = new BaseStationState(world, 4);
        station.Arrivals.AddRange(Mixed(visitors.Select((_, device) => new MovingDevice(device, new DeviceLink(), 4))));
        BaseStation.BeginSlot(station, 0);
        foreach (var estimate in Mixed(station.Reach.Select(s => new TwinEstimate(s, 0, 0, 0, 1e9 * (16 - s), s % 3, 0.5e9))))
            StationDecisions.Apply(station, estimate);
        station.Heard.AddRange(Mixed(new[] { 0, 1, 2, 3, 5, 6, 7, 8 }.Select(from =>
            new InterferenceSums(from, 4, 0, [.. Enumerable.Range(0, 16).Select(channel => 1e-8 / (1 + from * 3 + channel))]))));
        foreach (var device in Mixed(Enumerable.Range(0, visitors.Length)))
            BaseStation.Admit(station, device, Report(world, visitors[device], device));
        BaseStation.RoundsWithWork(station, world);
        BaseStation.MeasureUplinks(station, world);

        var placements = new int[9];
        for (var round = 0; round < Rounds; round++)
        {
            var changes = new int[station.Reach.Length];
            StationDecisions.Decide(station, world, round, new DecisionBatch(world.Scenario.Decisions.Candidates), changes);
            for (var k = 0; k < changes.Length; k++)
                placements[station.Reach[k]] += changes[k];
        }

        EdgeServerState[] servers = [.. Enumerable.Range(0, 9).Select(s => new EdgeServerState(world, s))];
        for (var device = 0; device < visitors.Length; device++)
            if (visitors[device].Held >= 0)
                servers[visitors[device].Held].Services[device] = 1;
        var tasks = new List<(int, int)>();
        foreach (var submission in Mixed(StationDecisions.Submit(station).SelectMany(Split)))
        {
            EdgeServer.Admit(servers[submission.Server], submission);
            foreach (var task in submission.Tasks.Span)
                tasks.Add((task.Device, submission.Server));
        }

        foreach (var move in Mixed(servers.SelectMany(EdgeServer.ReleaseServices)))
            EdgeServer.Host(servers[move.Server], move);
        var (replies, facts) = (new List<TasksExecuted>(), new List<ServerFacts>());
        foreach (var server in servers)
        {
            var own = new List<TasksExecuted>();
            facts.Add(EdgeServer.Execute(server, world, 0, new TaskSheet(), own));
            replies.AddRange(own);
        }

        foreach (var reply in Mixed(replies))
            StationCompletion.Admit(station, reply);
        var (bytes, bins, records) = (Array.Empty<byte>(), new List<ushort>(), new List<DeviceSlotRecord>());
        StationCompletion.Complete(station, world, ref bytes, bins, records, 1);
        return new Outcome(
            station.Totals, station.Digest, records, tasks, placements, facts, [.. servers.Select(s => s.CarriedSeconds)],
            [.. servers.Select(s => s.Services.Keys.ToHashSet())]);
    }

    /// <summary>The same tasks as if each came from a base station of its own.</summary>
    private static IEnumerable<SubmitTasks> Split(SubmitTasks submission)
    {
        for (var i = 0; i < submission.Tasks.Length; i++)
            yield return submission with { Tasks = submission.Tasks.Slice(i, 1), Leaving = default };
        yield return submission with { Tasks = default };
    }

    private static DeviceReport Report(World world, Visitor visitor, int device) => new()
    {
        X = visitor.X,
        Y = visitor.Y,
        Task = OffloadingTask.Draw(world.Scenario, device, 0),
        Queue = visitor.Queue,
        Serving = visitor.Held,
        Host = visitor.Held,
        LastTask = visitor.Skipped ? -1 : visitor.Held,
        NextStation = 4,
        Channel = visitor.Channel,
        Round = visitor.Round,
    };

    public static Arbitrary<Visitor> ArbitraryVisitor() => Arb.From(
        from x in Gen.Choose(151, 299)
        from y in Gen.Choose(151, 299)
        from held in Gen.Choose(-1, 8)
        from skipped in Gen.Elements(false, false, true)
        from round in Gen.Choose(0, Rounds - 1)
        from channel in Gen.Choose(0, 15)
        from queue in Gen.Elements(0, 0.4, 3.2)
        select new Visitor(x, y, held, skipped, (byte)round, (short)channel, queue));
}
