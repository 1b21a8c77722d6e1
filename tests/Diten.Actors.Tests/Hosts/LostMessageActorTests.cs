using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Hosts;

/// <summary>A message that finds no receiver in a zone is an entity that has gone: the host hears of it, whatever the message is.</summary>
public sealed class LostMessageActorTests : TestKit
{
    private readonly TestProbe _host;

    public LostMessageActorTests()
        : base("akka.loglevel = OFF")
    {
        _host = CreateTestProbe("host");
        var host = _host.Ref;
        var watcher = Sys.ActorOf(Props.Create(() => new LostMessageActor(host)));
        watcher.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(30)).GetAwaiter().GetResult(); // it hears from now on
    }

    [Fact]
    public async Task A_message_that_names_nobody_is_told_with_the_actor_that_it_was_for()
    {
        var zone = await Gone("zone-4@17");

        zone.Tell("Akka's own words to those who stop mean nothing");
        zone.Tell(new ReportPlacements(3, 1));

        var lost = _host.ExpectMsg<MessageLost>(TimeSpan.FromSeconds(30));
        Assert.Equal((17, $"{zone.Path} is gone: it did not get ReportPlacements."), (lost.Epoch, lost.Text));
    }

    [Fact]
    public async Task What_is_for_no_zone_fails_no_run()
    {
        (await Gone("system-twin")).Tell(new ReportPlacements(3, 1));
        (await Gone("zone-4@18")).Tell(new ReportPlacements(3, 1));

        Assert.Equal(18, _host.ExpectMsg<MessageLost>(TimeSpan.FromSeconds(30)).Epoch);
    }

    [Fact]
    public async Task What_waits_in_a_twins_journal_that_has_ended_breaks_an_epoch_and_fails_no_run()
    {
        var zone = Sys.ActorOf(Props.Create(() => new Zone()), "zone-4@19");
        var journal = await zone.Ask<IActorRef>("journal", TimeSpan.FromSeconds(30));
        await zone.GracefulStop(TimeSpan.FromSeconds(10));

        journal.Tell(new TwinSlotCommitted(4, 14, [], []));
        zone.Tell(new ReportPlacements(3, 1));

        Assert.Contains("zone-4@19 is gone", _host.ExpectMsg<MessageLost>(TimeSpan.FromSeconds(30)).Text);
    }

    private async Task<IActorRef> Gone(string name)
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle()), name);
        await actor.GracefulStop(TimeSpan.FromSeconds(10));
        return actor;
    }

    private sealed class Zone : UntypedActor
    {
        private readonly IActorRef _journal = Context.ActorOf(Props.Create(() => new Idle()), TwinJournalActor.Name);

        protected override void OnReceive(object message) => Sender.Tell(_journal);
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
