using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Progress;

/// <summary>What a person sees while a run goes on on a cluster.</summary>
public sealed class RunProgressTests
{
    private readonly StringWriter _said = new();
    private readonly HandSetTime _time = new();

    [Fact]
    public void On_a_terminal_the_nodes_stand_below_the_progress_and_all_is_rewritten_in_place()
    {
        var progress = Progress(terminal: true);
        progress.ClusterSeen(Status(("127.0.0.1:4001", "Up", [0, 1, 2])));
        Complete(progress, slot: 0);
        progress.ClusterSeen(Status(("127.0.0.1:4001", "Up", [0, 1]), ("127.0.0.1:4002", "Unreachable", [2])));
        Complete(progress, slot: 1);

        var shown = _said.ToString().Split('\r')[1..]; // each begins at the start of its first line
        Assert.Equal(2, shown.Length);
        Assert.Contains("slot 1/9", shown[0]);
        Assert.Contains("\n  127.0.0.1:4001  Up  zones 0-2  30 devices  150 device-slots/s", shown[0]);
        Assert.StartsWith("\u001b[1A", shown[1]); // one line up: two stood there
        Assert.Contains("slot 2/9", shown[1]);
        Assert.Contains("\n  127.0.0.1:4001  Up           zones 0-1  20 devices  100 device-slots/s", shown[1]);
        Assert.Contains("\n  127.0.0.1:4002  Unreachable  zones 2    10 devices  50 device-slots/s", shown[1]);
    }

    [Fact]
    public void In_a_file_the_nodes_are_told_of_when_one_comes_goes_or_moves()
    {
        var progress = Progress(terminal: false);
        var first = Status(("127.0.0.1:4001", "Up", [0, 1, 2]));
        progress.ClusterSeen(first);
        progress.ClusterSeen(first);
        progress.ClusterSeen(Status(("127.0.0.1:4001", "Up", [0, 1, 2]), ("127.0.0.1:4002", "Joining", [])));

        Assert.Equal(
            [
                "  127.0.0.1:4001  Up  zones 0-2  30 devices  150 device-slots/s",
                "  127.0.0.1:4001  Up       zones 0-2  30 devices  150 device-slots/s",
                "  127.0.0.1:4002  Joining  no zones   0 devices   0 device-slots/s",
            ],
            _said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private RunProgress Progress(bool terminal) => new(
        new StatusLine(new Terminal(TextWriter.Null, _said, ErrorIsTerminal: terminal), quiet: false, _time), "town", slots: 9, _time);

    private void Complete(RunProgress progress, int slot)
    {
        _time.Pass(TimeSpan.FromSeconds(1));
        progress.SlotCompleted(new SlotReport(slot, [], new SlotTotals { Devices = 30, InTime = 30, MigrationOpportunities = 30 }, [], [], [], [], 0));
    }

    private static ClusterStatus Status(params (string Node, string State, int[] Zones)[] nodes) => new(
        "town", Slot: 1, Slots: 9, Epoch: 1, CommittedSlot: 0,
        [
            .. nodes.Select(node => new NodeStatus(node.Node, "emulation, coordinator", node.State, node.Zones, 10 * node.Zones.Length, 50 * node.Zones.Length)),
            new NodeStatus("127.0.0.1:4000", "observer", "Up", [], 0, 0), // this process: it is not told of
        ]);

    private sealed class HandSetTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
