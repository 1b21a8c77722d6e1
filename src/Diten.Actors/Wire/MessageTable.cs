using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Diten.Model.Records;
using Diten.Model.SystemTwin;
using Google.Protobuf;

namespace Diten.Actors.Wire;

/// <summary>All messages that leave a node or are written down: what each is called there, and how it is written and read.</summary>
/// <remarks>
/// A manifest that was released is for ever: its bytes must be read to the same message. A message that changes gets a new manifest (ze1 → ze2):
/// a new row above the old one, which reads on. Of a type's rows the first one writes.
/// </remarks>
public static class MessageTable
{
    private static readonly Row[] Rows =
    [
        // From zone to zone, and between clock and zones.
        Message<ZoneExchange, Contracts.ZoneExchange>("ze1", ExchangeCodec.Write, ExchangeCodec.Read),
        Message<ResendExchange, Contracts.ResendExchange>("zx1", ZoneCodec.Write, ZoneCodec.Read),
        Message<StartZone, Contracts.StartZone>("zs1", ZoneCodec.Write, ZoneCodec.Read),
        Message<ZoneReady, Contracts.ZoneReady>("zr1", ZoneCodec.Write, ZoneCodec.Read),
        Message<BeginSlot, Contracts.BeginSlot>("zb1", ZoneCodec.Write, ZoneCodec.Read),
        Message<ZoneSlotCompleted, Contracts.ZoneSlotCompleted>("zc2", ZoneCodec.Write, ZoneCodec.Read),
        Message<ZoneSlotCompleted, Contracts.ZoneSlotCompleted>("zc1", ZoneCodec.Write, ZoneCodec.Read), // without what is measured of twins and faults; likewise rp1, re1 and jc2
        Message<WriteCheckpoint, Contracts.WriteCheckpoint>("zw1", ZoneCodec.Write, ZoneCodec.Read),
        Message<CheckpointWritten, Contracts.CheckpointWritten>("zk1", ZoneCodec.Write, ZoneCodec.Read),
        Message<DropCheckpointsBefore, Contracts.DropCheckpointsBefore>("zd1", ZoneCodec.Write, ZoneCodec.Read),
        Message<EpochBroken, Contracts.EpochBroken>("zi1", ZoneCodec.Write, ZoneCodec.Read),
        Signal("zq1", new CloseZone()),
        Message<ZoneClosed, Contracts.ZoneClosed>("zz1", ZoneCodec.Write, ZoneCodec.Read),
        Message<EntityFailed, Contracts.EntityFailed>("zf1", ZoneCodec.Write, ZoneCodec.Read),
        Signal("za1", new DescribeWait()),
        Message<WaitDescribed, Contracts.WaitDescribed>("zv1", ZoneCodec.Write, ZoneCodec.Read),

        // To and from the learner of a training run.
        Message<EpisodeBatch, Contracts.EpisodeBatch>("lb1", LearnerCodec.Write, LearnerCodec.Read),
        Message<ResendEpisodes, Contracts.ResendEpisodes>("lr1", LearnerCodec.Write, LearnerCodec.Read),

        // Between clock and hosts.
        Message<PrepareRun, Contracts.PrepareRun>("hp1", HostCodec.Write, HostCodec.Read),
        Message<HostReady, Contracts.HostReady>("hr1", HostCodec.Write, HostCodec.Read),
        Message<HostRefused, Contracts.HostRefused>("hn1", HostCodec.Write, HostCodec.Read),
        Message<StartZones, Contracts.StartZones>("hs1", HostCodec.Write, HostCodec.Read),
        Message<ZonesStarted, Contracts.ZonesStarted>("hz1", HostCodec.Write, HostCodec.Read),
        Message<StopZones, Contracts.StopZones>("hx1", HostCodec.Write, HostCodec.Read),
        Signal("hl1", new LeaveRequested()),
        Signal("hm1", new MayLeave()),

        // Between the clock and whoever wants a run, watches it or asks.
        Message<SubmitRun, Contracts.SubmitRun>("rs1", RunCodec.Write, RunCodec.Read),
        Message<RunAccepted, Contracts.RunAccepted>("ra1", RunCodec.Write, RunCodec.Read),
        Message<RunRefused, Contracts.RunRefused>("rn1", RunCodec.Write, RunCodec.Read),
        Message<WatchRun, Contracts.WatchRun>("rw1", RunCodec.Write, RunCodec.Read),
        Message<SlotReport, Contracts.SlotReport>("rp2", ReportCodec.Write, ReportCodec.Read),
        Message<SlotReport, Contracts.SlotReport>("rp1", ReportCodec.Write, ReportCodec.Read),
        Message<RunUnknown, Contracts.RunUnknown>("ru1", RunCodec.Write, RunCodec.Read),
        Message<ReportTaken, Contracts.ReportTaken>("rt2", RunCodec.Write, RunCodec.Read),
        Message<ReportTaken, Contracts.ReportTaken>("rt1", RunCodec.Write, RunCodec.Read), // names no run: nobody takes it
        Message<RunNotice, Contracts.RunNotice>("ri1", RunCodec.Write, RunCodec.Read),
        Message<EditRun, Contracts.EditRun>("rc1", EditCodec.Write, EditCodec.Read),
        Message<EditRefused, Contracts.EditRefused>("rd1", EditCodec.Write, EditCodec.Read),
        Message<RunEditTold, Contracts.RunEditTold>("rg1", EditCodec.Write, EditCodec.Read),
        Message<EditsTaken, Contracts.EditsTaken>("rk1", EditCodec.Write, EditCodec.Read),
        Signal("rx1", new StopAfterSlot()),
        Message<RunFailed, Contracts.RunFailed>("rf1", RunCodec.Write, RunCodec.Read),
        Message<RunEnded, Contracts.RunEnded>("re2", RunCodec.Write, RunCodec.Read),
        Message<RunEnded, Contracts.RunEnded>("re1", RunCodec.Write, RunCodec.Read),
        Signal("cg1", new GetClusterStatus()),
        Message<ClusterStatus, Contracts.ClusterStatus>("cs1", RunCodec.Write, RunCodec.Read),

        Signal("fg1", new GetObservedRun()),
        Message<ObservedRun, Contracts.ObservedRun>("fo1", FollowCodec.Write, FollowCodec.Read),
        Message<FollowRun, Contracts.FollowRun>("fr1", FollowCodec.Write, FollowCodec.Read),
        Message<FollowedSlot, Contracts.FollowedSlot>("fs1", FollowCodec.Write, FollowCodec.Read),

        // To and from the twin of the system.
        Message<DescribeRun, Contracts.DescribeRun>("td1", TwinCodec.Write, TwinCodec.Read),
        Message<TwinsReported, Contracts.TwinsReported>("tr1", TwinCodec.Write, TwinCodec.Read),
        Signal("tg1", new GetSystemCondition()),
        Message<SystemTwinState, Contracts.SystemTwinState>("ts1", TwinCodec.Write, TwinCodec.Read),
        Message<GetEstimatedRewards, Contracts.GetEstimatedRewards>("tq1", TwinCodec.Write, TwinCodec.Read),
        Message<RewardsEstimated, Contracts.RewardsEstimated>("te1", TwinCodec.Write, TwinCodec.Read),

        // The journal and the snapshots, with checksums.
        Kept<RunSubmitted, Contracts.RunSubmitted>("jr2", JournalCodec.Write, JournalCodec.Read),
        Kept<EpochOpened, Contracts.EpochOpened>("je2", JournalCodec.Write, JournalCodec.Read),
        Kept<CheckpointCommitted, Contracts.CheckpointCommitted>("jc3", JournalCodec.Write, JournalCodec.Read),
        Kept<CheckpointCommitted, Contracts.CheckpointCommitted>("jc2", JournalCodec.Write, JournalCodec.Read),
        Kept<CheckpointWithdrawn, Contracts.CheckpointWithdrawn>("jw1", JournalCodec.Write, JournalCodec.Read),
        Kept<RunEdited, Contracts.RunEdited>("jd1", EditCodec.Write, EditCodec.Read),
        Kept<RunClosed, Contracts.RunClosed>("jx2", JournalCodec.Write, JournalCodec.Read),
        Kept<TwinSlotCommitted, Contracts.TwinSlotCommitted>("jt2", JournalCodec.Write, JournalCodec.Read),
        Kept<ZoneCheckpoint, Contracts.ZoneCheckpoint>("sz2", CheckpointCodec.Write, CheckpointCodec.Read),
        Kept<TwinsSaved, Contracts.TwinsSaved>("st2", CheckpointCodec.Write, CheckpointCodec.Read),
        Kept<LearnerSaved, Contracts.LearnerSaved>("sl3", SavedLearnerCodec.Write, SavedLearnerCodec.Read),
        Kept<LearnerSaved, Contracts.LearnerSaved>("sl2", SavedLearnerCodec.Write, SavedLearnerCodec.Read), // slot and run; the rest is read no more (decision 11)

        // The same without, as older builds wrote them.
        Message<RunSubmitted, Contracts.RunSubmitted>("jr1", JournalCodec.Write, JournalCodec.Read),
        Message<EpochOpened, Contracts.EpochOpened>("je1", JournalCodec.Write, JournalCodec.Read),
        Message<CheckpointCommitted, Contracts.CheckpointCommitted>("jc1", JournalCodec.Write, JournalCodec.Read),
        Message<RunClosed, Contracts.RunClosed>("jx1", JournalCodec.Write, JournalCodec.Read),
        Message<TwinSlotCommitted, Contracts.TwinSlotCommitted>("jt1", JournalCodec.Write, JournalCodec.Read),
        Message<ZoneCheckpoint, Contracts.ZoneCheckpoint>("sz1", CheckpointCodec.Write, CheckpointCodec.Read),
        Message<TwinsSaved, Contracts.TwinsSaved>("st1", CheckpointCodec.Write, CheckpointCodec.Read),
        Message<LearnerSaved, Contracts.LearnerSaved>("sl1", SavedLearnerCodec.Write, SavedLearnerCodec.Read),

        // A part of any of these.
        Message<Parcel, Contracts.Parcel>("pa1", ParcelCodec.Write, ParcelCodec.Read),
    ];

    private static readonly FrozenDictionary<Type, Row> ByType = Rows.DistinctBy(row => row.Type).ToFrozenDictionary(row => row.Type);
    private static readonly FrozenDictionary<string, Row> ByManifest = Rows.ToFrozenDictionary(row => row.Manifest);

    /// <summary>All types that can be written.</summary>
    public static IEnumerable<Type> Types => ByType.Keys;

    /// <summary>All manifests that can be read.</summary>
    public static IEnumerable<string> Manifests => Rows.Select(row => row.Manifest);

    /// <summary>What a message is called on the wire and in the journal.</summary>
    /// <exception cref="SerializationException">It is in no row.</exception>
    public static string ManifestOf(object message) => RowOf(message).Manifest;

    /// <summary>The manifest by which messages of a type are written.</summary>
    public static string ManifestFor(Type message) => ByType[message].Manifest;

    /// <summary>A message's bytes, for files; sealed where it is one that is kept, see <see cref="Sealed"/>.</summary>
    /// <exception cref="SerializationException">It is in no row, or holds something that cannot be written.</exception>
    public static byte[] ToBytes(object message)
    {
        var row = RowOf(message);
        return row.Write(message) switch
        {
            null => [],
            { } contract when row.IsSealed => Sealed.Write(row.Manifest, contract),
            var contract => contract.ToByteArray(),
        };
    }

    /// <summary>The message that bytes of a file hold; none that names actors.</summary>
    /// <exception cref="SerializationException">The manifest is in no row, or the bytes are none of its.</exception>
    public static object FromBytes(string manifest, ReadOnlyMemory<byte> bytes) => Read(manifest, new ReadOnlySequence<byte>(bytes), null!);

    /// <summary>A message as Protobuf, ready to be written.</summary>
    /// <exception cref="SerializationException">It is in no row, or holds something that cannot be written.</exception>
    internal static IMessage? ToContract(object message) => RowOf(message).Write(message);

    /// <summary>The message that bytes hold.</summary>
    /// <exception cref="SerializationException">The manifest is in no row, or the bytes are none of its.</exception>
    internal static object Read(string manifest, in ReadOnlySequence<byte> bytes, ExtendedActorSystem system)
    {
        if (!ByManifest.TryGetValue(manifest, out var row))
            throw new SerializationException($"There is no manifest '{manifest}' in this version of Diten.");
        try
        {
            return row.Read(row.IsSealed ? Sealed.Open(manifest, bytes) : bytes, system);
        }
        catch (Exception malformed) when (malformed is SerializationException or InvalidProtocolBufferException or ArgumentException
            or OverflowException or FormatException)
        {
            throw new SerializationException(
                $"{bytes.Length} bytes are no {row.Type.Name} ('{manifest}'): {malformed.Message}", malformed);
        }
    }

    private static Row RowOf(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ByType.TryGetValue(message.GetType(), out var row)
            ? row
            : throw new SerializationException($"{message.GetType().FullName} is not in Diten's table of messages: it stays on its node.");
    }

    private static Row Message<T, TContract>(string manifest, Func<T, TContract> write, Func<TContract, T> read)
        where T : class
        where TContract : class, IMessage<TContract>, new() =>
        Message<T, TContract>(manifest, write, (contract, _) => read(contract));

    private static Row Message<T, TContract>(string manifest, Func<T, TContract> write, Func<TContract, ExtendedActorSystem, T> read)
        where T : class
        where TContract : class, IMessage<TContract>, new()
    {
        var parser = new MessageParser<TContract>(static () => new TContract());
        return new Row(typeof(T), manifest, message => write((T)message), (bytes, system) => read(parser.ParseFrom(bytes), system));
    }

    /// <summary>A message that is written down to be read again, on no wire.</summary>
    private static Row Kept<T, TContract>(string manifest, Func<T, TContract> write, Func<TContract, T> read)
        where T : class
        where TContract : class, IMessage<TContract>, new() => Message(manifest, write, read) with { IsSealed = true };

    /// <summary>A message that says all by its name.</summary>
    private static Row Signal<T>(string manifest, T message)
        where T : class => new(
            typeof(T), manifest, _ => null,
            (bytes, _) => bytes.IsEmpty ? message : throw new SerializationException("It has no content, but there are bytes."));

    private sealed record Row(
        Type Type, string Manifest, Func<object, IMessage?> Write, Func<ReadOnlySequence<byte>, ExtendedActorSystem, object> Read)
    {
        public bool IsSealed { get; init; }
    }
}
