using System.Runtime.CompilerServices;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Google.Protobuf.Collections;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Snapshots in the store.</summary>
internal static class CheckpointCodec
{
    public static Contracts.TwinsSaved Write(TwinsSaved saved) =>
        new() { Zone = saved.Zone, Slot = saved.Slot, Twins = TwinCodec.Write(saved.Twins), RunMark = saved.RunMark };

    public static TwinsSaved Read(Contracts.TwinsSaved contract) =>
        new(contract.Zone, contract.Slot, TwinCodec.Read(contract.Twins)) { RunMark = contract.RunMark };

    public static Contracts.ZoneCheckpoint Write(ZoneCheckpoint checkpoint) => new()
    {
        Zone = checkpoint.Zone,
        Slot = checkpoint.Slot,
        Stations = Write(checkpoint.Stations),
        Servers = SavedServerCodec.Write(checkpoint.Servers),
        Twins = TwinCodec.Write(checkpoint.Twins),
        Arrivals = DeviceCodec.Write(checkpoint.Arrivals),
        Latencies = ReportCodec.Write(checkpoint.Latencies),
        Regrets = checkpoint.Regrets is { } regrets ? ReportCodec.Write(regrets) : null,
        RunMark = checkpoint.RunMark,
        TwinLinks = TwinLinksCodec.Write(checkpoint.TwinLinks),
    };

    public static ZoneCheckpoint Read(Contracts.ZoneCheckpoint contract) => new(
        contract.Zone, contract.Slot, Read(contract.Stations), SavedServerCodec.Read(contract.Servers), TwinCodec.Read(contract.Twins),
        DeviceCodec.Read(contract.Arrivals), ReportCodec.Read(contract.Latencies))
    {
        Regrets = contract.Regrets is { } regrets ? ReportCodec.Read(regrets) : null,
        RunMark = contract.RunMark,
        TwinLinks = TwinLinksCodec.Read(contract.TwinLinks),
    };

    private static Contracts.SavedStations? Write(IReadOnlyList<StationSaved> stations)
    {
        if (stations.Count == 0)
            return null;
        var table = new Contracts.SavedStations();
        var (station, departing) = (new DeltaWriter(table.Station), new DeltaWriter(table.DepartureDevice));
        var (devices, estimates) = (new List<MobileDeviceState>(), new List<TwinEstimate>());
        var (reports, answering) = (new List<InTransit<ReportPlacements>>(), new DeltaWriter(table.AnswerSlot));
        foreach (var saved in stations)
        {
            station.Add(saved.Station);
            table.Devices.Add(saved.Devices.Count);
            devices.AddRange(saved.Devices);
            table.Departures.Add(saved.FarDepartures.Count);
            foreach (var departure in saved.FarDepartures)
            {
                departing.Add(departure.Device);
                table.DepartureReachIndex.Add(departure.ReachIndex);
                table.DepartureRound.Add(departure.Round);
                table.DepartureHoldsService.Add(departure.HoldsService ? 1 : 0);
            }

            table.Reports.Add(saved.Reports.Count);
            reports.AddRange(saved.Reports);
            table.Estimates.Add(saved.Estimates.Count);
            estimates.AddRange(saved.Estimates);
            table.Trust.Add(saved.Trust.Count);
            table.TrustFactorLog.AddRange(saved.Trust);
            table.Answers.Add(saved.Answers.Count);
            foreach (var answer in saved.Answers)
            {
                answering.Add(answer.Slot);
                table.AnswerFreeHertz.Add(answer.FreeHertz);
                table.AnswerTasks.Add(answer.Tasks);
            }
        }

        table.DeviceTable = DeviceCodec.Write(devices);
        table.EstimateTable = TwinCodec.Write(estimates);
        table.ReportTransit = TransitCodec.Write(reports);
        table.ReportMessages = Write(reports);
        Fold(table.Reports, table.Estimates, table.Answers, table.AnswerTasks, table.Trust);
        Fold(table.AnswerFreeHertz);
        Fold(table.Devices, table.Departures, table.DepartureReachIndex, table.DepartureRound, table.DepartureHoldsService);
        return table;
    }

    private static Contracts.PlacementMails? Write(List<InTransit<ReportPlacements>> reports)
    {
        if (reports.Count == 0)
            return null;
        var messages = new PlacementMails(0);
        foreach (var report in reports)
            messages.Add(report.Message);
        return messages.Finish();
    }

    private static StationSaved[] Read(Contracts.SavedStations? table)
    {
        if (table is null)
            return [];
        var stations = new StationSaved[table.Station.Count];
        var devices = DeviceCodec.Read(table.DeviceTable);
        var departures = ReadDepartures(table);
        var (reports, estimates, answers) = (ReadReports(table), TwinCodec.Read(table.EstimateTable), ReadAnswers(table));
        var station = new DeltaReader(table.Station, stations.Length);
        var (deviceLots, departureLots) = (new Lots(table.Devices, stations.Length, devices.Length), new Lots(table.Departures, stations.Length, departures.Length));
        var (reportLots, answerLots) = (new Lots(table.Reports, stations.Length, reports.Length), new Lots(table.Answers, stations.Length, answers.Length));
        var estimateLots = new Lots(table.Estimates, stations.Length, estimates.Length);
        double[] trust = [.. table.TrustFactorLog];
        var trustLots = new Lots(table.Trust, stations.Length, trust.Length);
        for (var row = 0; row < stations.Length; row++)
            stations[row] = new StationSaved(station.Next(), devices[deviceLots.Next()], departures[departureLots.Next()])
            {
                Reports = reports[reportLots.Next()],
                Estimates = estimates[estimateLots.Next()],
                Answers = answers[answerLots.Next()],
                Trust = trust[trustLots.Next()],
            };
        return stations;
    }

    private static InTransit<ReportPlacements>[] ReadReports(Contracts.SavedStations table)
    {
        var messages = new List<ZoneMail>();
        PlacementMails.Read(table.ReportMessages, EntityKind.Twin, 0, messages);
        return TransitCodec.Read(table.ReportTransit, messages.ConvertAll(mail => (ReportPlacements)mail.Message));
    }

    private static HeardAnswer[] ReadAnswers(Contracts.SavedStations table)
    {
        var rows = new HeardAnswer[table.AnswerSlot.Count];
        var (slot, tasks) = (new DeltaReader(table.AnswerSlot, rows.Length), new ColumnReader<int>(table.AnswerTasks, rows.Length));
        var free = new ColumnReader<double>(table.AnswerFreeHertz, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new HeardAnswer(slot.Next(), free.Next(), tasks.Next());
        return rows;
    }

    private static FarDeparture[] ReadDepartures(Contracts.SavedStations table)
    {
        var rows = new FarDeparture[table.DepartureDevice.Count];
        var device = new DeltaReader(table.DepartureDevice, rows.Length);
        var reachIndex = new ColumnReader<int>(table.DepartureReachIndex, rows.Length);
        var round = new ColumnReader<int>(table.DepartureRound, rows.Length);
        var holdsService = new ColumnReader<int>(table.DepartureHoldsService, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new FarDeparture(device.Next(), reachIndex.Next(), round.Next(), ToBool(holdsService.Next()));
        return rows;
    }

    /// <summary>Cuts the rows of a table into those of one owner after the other.</summary>
    private struct Lots
    {
        private ColumnReader<int> _counts;
        private int _at;

        /// <param name="counts">How many rows each owner has.</param>
        /// <exception cref="System.Runtime.Serialization.SerializationException">They do not add up to all rows.</exception>
        public Lots(RepeatedField<int> counts, int owners, int rows, [CallerArgumentExpression(nameof(counts))] string name = "")
        {
            CheckSum(counts, owners, rows, name);
            _counts = new ColumnReader<int>(counts, owners, name);
        }

        /// <summary>The next owner's rows.</summary>
        public Range Next()
        {
            var from = _at;
            _at += _counts.Next();
            return from.._at;
        }
    }
}
