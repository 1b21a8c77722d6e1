using Akka.Actor;
using Akka.Serialization;
using Diten.Actors.Wire;

namespace Diten.Actors.Tests.Wire;

/// <summary>Two nodes on the loopback: what one sends is what the other gets.</summary>
public sealed class RemoteTests(WireSystem wire) : IClassFixture<WireSystem>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_exchange_travels_in_parcels_and_its_answer_comes_back()
    {
        using var other = WireSystem.Start("other");
        other.ActorOf(Props.Create(() => new Mirror()), "mirror");
        var mirror = await Resolve(other, "mirror");
        var exchange = (ZoneExchange)new Arbitrary(7, [mirror]).Of(typeof(ZoneExchange));
        exchange = exchange with { Mails = [.. Enumerable.Range(0, 5000).Select(seed => new Arbitrary(seed, [mirror]).Mail())] };

        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sender = wire.System.ActorOf(Props.Create(() => new Sender(mirror, exchange, answer)));
        var echo = await answer.Task.WaitAsync(Patience);

        Assert.InRange(Parcels.Cut(0, exchange, wire.Format).Count, 2, 100);
        Deep.Equal(exchange, echo);
        wire.System.Stop(sender);
        await other.Terminate();
    }

    [Fact]
    public async Task A_reference_that_travels_reaches_its_actor()
    {
        using var other = WireSystem.Start("other");
        other.ActorOf(Props.Create(() => new Mirror()), "mirror");
        var mirror = await Resolve(other, "mirror");

        // There, the reference becomes a local one; back here, a remote one again.
        var start = await mirror.Ask<StartZone>(new StartZone([new ZoneLink(4, mirror)]), Patience);

        Assert.Equal((4, mirror), (start.Neighbours[0].Zone, start.Neighbours[0].Ref));
        Assert.Equal(3, (await start.Neighbours[0].Ref.Ask<ZoneReady>(new ZoneReady(3, 1), Patience)).Zone);
        await other.Terminate();
    }

    [Fact]
    public async Task What_is_refused_does_not_cut_the_line()
    {
        using var other = WireSystem.Start("other");
        other.ActorOf(Props.Create(() => new Mirror()), "mirror");
        var mirror = await Resolve(other, "mirror");

        mirror.Tell(new DevicesAdopted(3));
        var answer = await mirror.Ask<ReportTaken>(new ReportTaken("run", 77), Patience);

        Assert.Equal(77, answer.Slot);
        await other.Terminate();
    }

    [Fact]
    public async Task What_a_node_of_another_version_says_is_not_understood_and_does_not_cut_the_line()
    {
        using var other = WireSystem.Start("other", """
            akka.actor.serializers.newer = "Diten.Actors.Tests.Wire.RemoteTests+NewerSerializer, Diten.Actors.Tests"
            akka.actor.serialization-bindings."Diten.Actors.DevicesAdopted, Diten.Actors" = newer
            """);
        other.ActorOf(Props.Create(() => new Mirror()), "mirror");
        var mirror = await Resolve(other, "mirror");

        var strange = await mirror.Ask<ReportTaken>(new ReportTaken("run", Mirror.SpeakStrangely), Patience);
        var answer = await mirror.Ask<ReportTaken>(new ReportTaken("run", 77), Patience);

        Assert.Equal((Mirror.SpeakStrangely, 77), (strange.Slot, answer.Slot));
        await other.Terminate();
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task Nobody_creates_an_actor_on_another_node()
    {
        using var other = WireSystem.Start("other");
        using var stranger = (ExtendedActorSystem)ActorSystem.Create("stranger", """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.provider = remote
            akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
            """);
        other.ActorOf(Props.Create(() => new Mirror()), "mirror");
        Assert.NotNull(await stranger.ActorSelection(new RootActorPath(other.Provider.DefaultAddress) / "user" / "mirror").ResolveOne(Patience));

        var sent = stranger.ActorOf(
            Props.Create<Nothing>().WithDeploy(new Deploy(new RemoteScope(other.Provider.DefaultAddress))), "sent");

        Assert.Equal(other.Provider.DefaultAddress, sent.Path.Address); // there, Akka believes, it lives
        await Assert.ThrowsAsync<AskTimeoutException>(() => sent.Ask<ActorIdentity>("who are you?", TimeSpan.FromSeconds(1)));
        await stranger.Terminate();
        await other.Terminate();
    }

    private async Task<IActorRef> Resolve(ExtendedActorSystem other, string name) =>
        await wire.System.ActorSelection(new RootActorPath(other.Provider.DefaultAddress) / "user" / name).ResolveOne(Patience);

    /// <summary>Sends back what comes, parcels as new parcels.</summary>
    private sealed class Mirror : UntypedActor
    {
        /// <summary>Say first what nobody understands.</summary>
        public const int SpeakStrangely = -77;

        private readonly Courier _courier = new(Context.System);

        protected override void OnReceive(object message)
        {
            if (message is ReportTaken { Slot: SpeakStrangely })
                Sender.Tell(new DevicesAdopted(3), Self);
            if (message is not Parcel parcel)
                Sender.Tell(message, Self);
            else if (_courier.Receive(parcel, Sender) is { } whole)
                _courier.Send(Sender, whole, Self);
        }
    }

    /// <summary>Answers whatever it is told.</summary>
    private sealed class Nothing : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(new ActorIdentity(0, Self));
    }

    private sealed class Sender(IActorRef to, object message, TaskCompletionSource<object> answer) : UntypedActor
    {
        private readonly Courier _courier = new(Context.System);

        protected override void PreStart() => _courier.Send(to, message, Self);

        protected override void OnReceive(object received)
        {
            if (received is Parcel parcel && _courier.Receive(parcel, base.Sender) is { } whole)
                answer.TrySetResult(whole);
        }
    }

    /// <summary>Has a manifest that Diten has not.</summary>
    public sealed class NewerSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        private readonly DitenSerializer _known = new(system);

        public override int Identifier => 7301;

        public override string Manifest(object o) => "zz999";

        public override byte[] ToBinary(object obj) => [1, 2, 3];

        public override object FromBinary(byte[] bytes, string manifest) => _known.FromBinary(bytes, manifest);
    }
}
