using Diten.Actors.Metering;
using Diten.Actors.Nodes;
using Diten.Actors.Wire;

namespace Diten.Actors.Tests.Wire;

/// <summary>The table of messages is whole.</summary>
public sealed class MessageTableTests
{
    /// <summary>Between actors of one node; most of them hold live objects.</summary>
    private static readonly Type[] StaysOnItsNode =
    [
        typeof(AdoptDevice), typeof(AdoptDevices), typeof(BeginDevices), typeof(BeginPhase), typeof(ClearShelf), typeof(ClosePool), typeof(DeviceIdle), typeof(DeviceReleased), typeof(DeviceStateTold),
        typeof(DevicesAdopted), typeof(DevicesArriving), typeof(EntitySaved), typeof(ExecutionDone), typeof(ExpectNodes), typeof(ForgetDevice), typeof(GetDeviceState),
        typeof(HostsSeen),
        typeof(Leave), typeof(LendShelves), typeof(MessageLost), typeof(Notices), typeof(PhaseDone), typeof(PreparedRun), typeof(RecallTwin), typeof(ReleaseDevice),
        typeof(ReportsDone), typeof(Decided), typeof(RunEventStored), typeof(RunJournalBroken), typeof(RunNotPrepared), typeof(RunPrepared), typeof(RunRecovered), typeof(SaveTwins), typeof(ShelvesLent), typeof(StationClosed),
        typeof(ChangeRefused), typeof(ChangeRun), typeof(EditMade), typeof(EditNotMade), typeof(TwinPublished), typeof(TwinRecalled), typeof(TwinSaved), typeof(TwinSlotStored), typeof(UsePolicy), typeof(UseShelf), typeof(WireUp), typeof(WriteTwinSlots),
    ];

    /// <summary>Parts of messages.</summary>
    private static readonly Type[] Parts =
    [
        typeof(EmulationOptions), typeof(NodeStatus), typeof(RunChange), typeof(RunOutcome), typeof(RunSpec), typeof(StationSaved), typeof(StationSlot), typeof(TwinLinksSaved),
    ];

    /// <summary>No messages at all.</summary>
    private static readonly Type[] Others =
    [
        typeof(ChangedRun), typeof(ClockSetup), typeof(ClockState), typeof(EmulationJournal), typeof(EndedRun), typeof(EpochState), typeof(HostRoster), typeof(InstrumentRow), typeof(NodeDescription),
        typeof(PendingCheckpoint), typeof(PendingEdit), typeof(Phase), typeof(ReadyHost), typeof(RunHistory), typeof(RunningEmulation), typeof(RunState), typeof(SeenHost),
        typeof(SeenMember), typeof(StandstillWatch), typeof(TwinRecord), typeof(TwinSlot), typeof(TwinSummary), typeof(ZoneStart),
    ];

    public static TheoryData<Type> Records => [.. typeof(ZoneExchange).Assembly.GetTypes().Where(type => !type.IsNested && IsRecord(type))];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_in_the_table_or_said_to_stay_where_it_is(Type record)
    {
        var places = new[] { MessageTable.Types.Contains(record), StaysOnItsNode.Contains(record), Parts.Contains(record), Others.Contains(record) };

        Assert.True(
            places.Count(isThere => isThere) == 1,
            $"{record.Name} is new: put it into the table of messages, or say here, once, why it needs no wire format.");
    }

    [Fact]
    public void A_manifest_is_two_letters_and_a_version_and_names_one_row() => Assert.All(
        MessageTable.Manifests.GroupBy(manifest => manifest), group =>
        {
            Assert.Matches("^[a-z]{2}[1-9][0-9]*$", group.Key);
            Assert.Single(group);
        });

    [Fact]
    public void A_file_holds_the_bytes_that_the_wire_holds()
    {
        var message = new TwinsReported(3, []);

        Assert.Equal("tr1", MessageTable.ManifestFor(typeof(TwinsReported)));
        Assert.Equal(3, ((TwinsReported)MessageTable.FromBytes("tr1", MessageTable.ToBytes(message))).Slot);
    }

    private static bool IsRecord(Type type) => type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is not null;
}
