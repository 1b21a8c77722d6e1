using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Model.Records;

namespace Diten.Actors.Tests.Runs;

/// <summary>Who looks on from elsewhere is told of the newest slot when it asks, and never waited for.</summary>
public sealed class FollowersTests() : TestKit(ConfigurationFactory.ParseString(EntityKit.Patience).WithFallback(NodeSettings.Load(1)))
{
    private static readonly RunSpec Run = new("run", "small", "", 1, new EmulationOptions());

    [Fact]
    public void The_newest_slot_is_told_once_there_is_one_and_sums_are_of_all_slots()
    {
        var (followers, probe) = (new Followers("run"), CreateTestProbe());
        Assert.Null(followers.Ask(new FollowRun("run", -1, 1, 0), probe));

        Assert.Equal(0, Assert.Single(followers.Take(Report(0))).Slot.Report.Slot);
        Assert.Empty(followers.Take(Report(1))); // nobody asked again
        followers.Take(Report(2));
        var answer = followers.Ask(new FollowRun("run", 0, 1, 0), probe)!;

        Assert.Equal((2, 30), (answer.Report.Slot, answer.Total.Devices));
    }

    [Fact]
    public void Rows_of_stations_are_left_out_and_devices_are_those_that_are_wanted()
    {
        var followers = new Followers("run");
        followers.Take(Report(0));

        var answer = followers.Ask(new FollowRun("run", -1, 4, 0), CreateTestProbe())!;

        Assert.Equal([0, 4, 8], answer.Report.Devices.Select(device => device.Device));
        Assert.Empty(answer.Report.StationTotals);
    }

    [Fact]
    public void Notices_are_told_to_who_comes_late_and_once()
    {
        var followers = new Followers("run");
        followers.Take(new RunNotice(RunNoticeKind.EpochOpened, 1, 0, "begins"));
        followers.Take(new RunNotice(RunNoticeKind.Waiting, 1, 0, "waits"));
        followers.Take(new RunNotice(RunNoticeKind.NodeLost, 1, 3, "lost"));
        followers.Take(Report(0));

        Assert.Equal(["begins", "lost"], followers.Ask(new FollowRun("run", -1, 1, 0), CreateTestProbe())!.Notices.Select(notice => notice.Text));
        Assert.Empty(followers.Ask(new FollowRun("run", -1, 1, 2), CreateTestProbe())!.Notices);
    }

    [Fact]
    public void No_more_followers_wait_than_there_is_room_for_and_none_for_another_run()
    {
        var followers = new Followers("run");
        for (var i = 0; i < Followers.Most + 3; i++)
            followers.Ask(new FollowRun("run", -1, 1, 0), CreateTestProbe());
        followers.Ask(new FollowRun("another", -1, 1, 0), CreateTestProbe());

        Assert.Equal(Followers.Most, followers.Take(Report(0)).Count);
    }

    [Fact]
    public void Who_comes_late_hears_of_all_changes_and_of_the_scenario_as_it_is_now()
    {
        var followers = new Followers("run");
        followers.Take(Edit(5));
        followers.Take(Report(6));
        followers.Take(Edit(9));
        followers.Take(Report(10));

        Assert.Equal([Edit(5) with { ScenarioText = "" }, Edit(9)], followers.Ask(new FollowRun("run", -1, 1, 0), CreateTestProbe())!.Edits);
        Assert.Equal([Edit(9)], followers.Ask(new FollowRun("run", 6, 1, 0) { SeenEdits = 1 }, CreateTestProbe())!.Edits);
        Assert.Empty(followers.Ask(new FollowRun("run", -1, 1, 0) { SeenEdits = 2 }, CreateTestProbe())!.Edits);
    }

    [Fact]
    public async Task A_follower_asks_again_for_what_was_lost_and_ends_when_its_run_is_no_longer_there()
    {
        var (clock, observer, over, seen) = (CreateTestProbe(), CreateTestProbe(), new TaskCompletionSource(), new Seen());
        var follower = Sys.ActorOf(Props.Create(() => new RunFollowerActor(clock.Ref, seen, over)));
        clock.FishForMessage(message => message is GetObservedRun);
        follower.Tell(new ObservedRun(Run, observer));
        observer.FishForMessage(message => message is FollowRun { SeenSlot: -1, DevicesEvery: 7 });
        observer.FishForMessage(message => message is FollowRun { SeenSlot: -1 }); // the first one was lost

        var slot = new FollowedSlot("run", Report(5), default, [new RunNotice(RunNoticeKind.NodeLost, 1, 3, "lost")], null) { Edits = [Edit(4)] };
        follower.Tell(slot);
        follower.Tell(slot); // twice
        observer.FishForMessage(message => message is FollowRun { SeenSlot: 5, SeenNotices: 1, SeenEdits: 1 });

        for (var i = 0; i < 10 && !over.Task.IsCompleted; i++)
            follower.Tell(new ClusterStatus(null, 0, 0, 0, 0, []));
        await over.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([5], seen.Slots);
        Assert.Equal(["lost"], seen.Notices);
        Assert.Equal([Edit(4)], seen.Edits);
    }

    [Fact]
    public async Task A_follower_that_cannot_show_a_run_says_why()
    {
        var over = new TaskCompletionSource();
        var follower = Sys.ActorOf(Props.Create(() => new RunFollowerActor(CreateTestProbe().Ref, new Seen(), over)));

        follower.Tell(new ObservedRun(Run with { RunId = "" }, CreateTestProbe()));

        Assert.Equal("no such run", (await Assert.ThrowsAsync<ArgumentException>(() => over.Task.WaitAsync(TimeSpan.FromSeconds(30)))).Message);
    }

    private static RunEdited Edit(int slot) => new(slot, new RunChange(RunChangeKind.ClearFault, "frozen"), "slots = 3", "", "frozen ends");

    private static SlotReport Report(int slot) => new(
        slot, new byte[32], new SlotTotals { Devices = 10 }, [default], new byte[32], [], [.. Enumerable.Range(0, 10).Select(device => default(DeviceSlotRecord) with { Device = device })], 0);

    private sealed class Seen : IRunFollower
    {
        public List<int> Slots { get; } = [];

        public List<string> Notices { get; } = [];

        public List<RunEdited> Edits { get; } = [];

        public int Begin(RunSpec run) => run.RunId == "" ? throw new ArgumentException("no such run") : 7;

        public bool SlotSeen(SlotReport report, SlotTotals total)
        {
            Slots.Add(report.Slot);
            return true;
        }

        public void SlotCompleted(SlotReport report) => Slots.Add(-1);

        public void Edited(RunEdited edit) => Edits.Add(edit);

        public void Noticed(RunNotice notice) => Notices.Add(notice.Text);
    }
}
