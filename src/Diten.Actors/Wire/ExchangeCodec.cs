using System.Runtime.Serialization;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Wire;

/// <summary>
/// What goes from zone to zone, in columns. Messages of one type keep their order; those of different types do not: no receiver depends on it.
/// </summary>
internal static class ExchangeCodec
{
    public static Contracts.ZoneExchange Write(ZoneExchange exchange)
    {
        var contract = new Contracts.ZoneExchange
        {
            From = exchange.From,
            To = exchange.To,
            Slot = exchange.Slot,
            PhaseIndex = exchange.PhaseIndex,
            Devices = DeviceCodec.Write(exchange.Devices),
        };
        var writers = new Writers(exchange.Slot);
        for (var i = 0; i < exchange.Mails.Count; i++)
            writers.Add(exchange.Mails[i]);
        writers.Finish(contract);
        return contract;
    }

    public static ZoneExchange Read(Contracts.ZoneExchange contract)
    {
        var mails = new List<ZoneMail>(Count(contract));
        EstimateMails.Read(contract.Estimates, mails);
        SubmissionMails.Read(contract.Submissions, contract.Slot, mails);
        ExecutionMails.Read(contract.Executions, contract.Slot, mails);
        MigrationMails.Read(contract.Migrations, contract.Slot, mails);
        InterferenceMails.Read(contract.Interference, contract.Slot, mails);
        PlacementMails.Read(contract.Placements, EntityKind.Twin, contract.Slot, mails);
        SyncMails.Read(contract.Syncs, contract.Slot, mails);
        ResyncMails.Read(contract.Resyncs, mails);
        HeardMails.Read(contract.Heards, mails);
        PresenceMails.Read(contract.Presences, mails);
        PlacementMails.Read(contract.ServerPlacements, EntityKind.Server, contract.Slot, mails);
        MeasuredMails.Read(contract.Measured, contract.Slot, mails);
        AnswerMails.Read(contract.Answers, contract.Slot, mails);
        TruthMails.Read(contract.Truths, contract.Slot, mails);
        return new ZoneExchange(
            contract.From, contract.To, contract.Slot, contract.PhaseIndex, mails, DeviceCodec.Read(contract.Devices));
    }

    /// <summary>Types of the messages that an exchange can carry.</summary>
    public static IReadOnlyList<Type> MailTypes { get; } =
    [
        typeof(TwinEstimate), typeof(SubmitTasks), typeof(TasksExecuted), typeof(MigrateServices), typeof(InterferenceSums),
        typeof(ReportPlacements), typeof(SynchronizeTwin), typeof(ResyncRequested), typeof(ResyncHeard), typeof(CountPresence),
        typeof(ServerMeasured), typeof(ServerAnswer), typeof(ShowTruth),
    ];

    private static int Count(Contracts.ZoneExchange contract) =>
        (contract.Estimates?.Station.Count ?? 0) + (contract.Submissions?.Server.Count ?? 0) + (contract.Executions?.Station.Count ?? 0)
        + (contract.Migrations?.Server.Count ?? 0) + (contract.Interference?.To.Count ?? 0) + (contract.Placements?.Server.Count ?? 0)
        + (contract.Syncs?.Server.Count ?? 0) + (contract.Resyncs?.Server.Count ?? 0) + (contract.Heards?.Server.Count ?? 0)
        + (contract.Presences?.Server.Count ?? 0) + (contract.ServerPlacements?.Server.Count ?? 0)
        + (contract.Measured?.Mails?.Station.Count ?? 0) + (contract.Answers?.Mails?.Station.Count ?? 0)
        + (contract.Truths?.Server.Count ?? 0);

    /// <summary>A writer for each type of message; those that nothing comes to are never made.</summary>
    private struct Writers(int slot)
    {
        private EstimateMails? _estimates;
        private SubmissionMails? _submissions;
        private ExecutionMails? _executions;
        private MigrationMails? _migrations;
        private InterferenceMails? _interference;
        private PlacementMails? _placements, _serverPlacements;
        private SyncMails? _syncs;
        private ResyncMails? _resyncs;
        private HeardMails? _heards;
        private PresenceMails? _presences;
        private SharedMails<ServerMeasured>? _measured;
        private SharedMails<ServerAnswer>? _answers;
        private TruthMails? _truths;

        public void Add(in ZoneMail mail)
        {
            switch (mail.Message)
            {
                case TwinEstimate estimate:
                    Check(mail, EntityKind.Station, mail.Id);
                    (_estimates ??= new()).Add(mail.Id, estimate);
                    break;
                case SubmitTasks submission:
                    Check(mail, EntityKind.Server, submission.Server);
                    (_submissions ??= new(slot)).Add(submission);
                    break;
                case TasksExecuted execution:
                    Check(mail, EntityKind.Station, execution.Station);
                    (_executions ??= new(slot)).Add(execution);
                    break;
                case MigrateServices migration:
                    Check(mail, EntityKind.Server, migration.Server);
                    (_migrations ??= new(slot)).Add(migration);
                    break;
                case InterferenceSums sums:
                    Check(mail, EntityKind.Station, sums.To);
                    (_interference ??= new(slot)).Add(sums);
                    break;
                case ReportPlacements placements when mail.Kind == EntityKind.Server:
                    Check(mail, EntityKind.Server, placements.Server);
                    (_serverPlacements ??= new(slot)).Add(placements);
                    break;
                case ReportPlacements placements:
                    Check(mail, EntityKind.Twin, placements.Server);
                    (_placements ??= new(slot)).Add(placements);
                    break;
                case SynchronizeTwin sync:
                    Check(mail, EntityKind.Twin, sync.Server);
                    (_syncs ??= new(slot)).Add(sync);
                    break;
                case ResyncRequested resync:
                    Check(mail, EntityKind.Server, resync.Server);
                    (_resyncs ??= new()).Add(resync);
                    break;
                case ResyncHeard heard:
                    Check(mail, EntityKind.Server, heard.Server);
                    (_heards ??= new()).Add(heard);
                    break;
                case CountPresence presence:
                    Check(mail, EntityKind.Server, presence.Server);
                    (_presences ??= new()).Add(presence);
                    break;
                case ServerMeasured measured:
                    Check(mail, EntityKind.Station, mail.Id);
                    (_measured ??= new()).Add(mail.Id, measured);
                    break;
                case ServerAnswer answer:
                    Check(mail, EntityKind.Station, mail.Id);
                    (_answers ??= new()).Add(mail.Id, answer);
                    break;
                case ShowTruth truth:
                    Check(mail, EntityKind.Twin, truth.Server);
                    (_truths ??= new(slot)).Add(truth);
                    break;
                default:
                    throw new SerializationException($"No exchange between zones carries a {mail.Message?.GetType().FullName ?? "null"}.");
            }
        }

        public readonly void Finish(Contracts.ZoneExchange contract)
        {
            contract.Estimates = _estimates?.Finish();
            contract.Submissions = _submissions?.Finish();
            contract.Executions = _executions?.Finish();
            contract.Migrations = _migrations?.Finish();
            contract.Interference = _interference?.Finish();
            contract.Placements = _placements?.Finish();
            contract.Syncs = _syncs?.Finish();
            contract.Resyncs = _resyncs?.Finish();
            contract.Heards = _heards?.Finish();
            contract.Presences = _presences?.Finish();
            contract.ServerPlacements = _serverPlacements?.Finish();
            contract.Measured = _measured is null ? null : MeasuredMails.Write(_measured, slot);
            contract.Answers = _answers is null ? null : AnswerMails.Write(_answers, slot);
            contract.Truths = _truths?.Finish();
        }

        /// <summary>The receiver is written once, as part of the message: both must agree.</summary>
        private static void Check(in ZoneMail mail, EntityKind kind, int id)
        {
            if (mail.Kind != kind || mail.Id != id)
                throw new SerializationException($"A {mail.Message.GetType().Name} for {kind} {id} is addressed to {mail.Kind} {mail.Id}.");
        }
    }
}
