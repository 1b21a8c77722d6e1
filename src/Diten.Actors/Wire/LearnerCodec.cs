using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Diten.Model.Learning;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;

namespace Diten.Actors.Wire;

/// <summary>What the learner of a training run is told and makes, on the wire.</summary>
internal static class LearnerCodec
{
    public static Contracts.EpisodeBatch Write(EpisodeBatch message) => new()
    {
        Zone = message.Zone,
        Epoch = message.Epoch,
        Slot = message.Slot,
        Device = { message.Rows.Devices },
        CandidateCount = { message.Rows.CandidateCounts },
        Action = { message.Rows.Actions },
        Probability = { message.Rows.Probabilities },
        Reward = { message.Rows.Rewards },
        Ends = { message.Rows.Ends },
        State = { message.Rows.States },
        Report = message.Report is null ? null : new() { Twins = TwinCodec.Write(message.Report.Twins), Devices = Write(message.Report.Devices) },
    };

    public static EpisodeBatch Read(Contracts.EpisodeBatch contract)
    {
        var rows = contract.Device.Count;
        if (contract.CandidateCount.Count != rows || contract.Action.Count != rows || contract.Probability.Count != rows
            || contract.Reward.Count != rows || contract.Ends.Count != rows)
            throw new SerializationException($"The columns of a batch of {rows} decisions are not as long as it.");
        return new EpisodeBatch(contract.Zone, contract.Epoch, contract.Slot, new DecisionRows(
            [.. contract.Device], [.. contract.CandidateCount], [.. contract.Action], [.. contract.Probability], [.. contract.Reward],
            [.. contract.Ends], [.. contract.State]))
        {
            Report = contract.Report is null ? null : new SystemReport(TwinCodec.Read(contract.Report.Twins), Read(contract.Report.Devices)),
        };
    }

    public static Contracts.ResendEpisodes Write(ResendEpisodes message) => new() { Epoch = message.Epoch, Slot = message.Slot };

    public static ResendEpisodes Read(Contracts.ResendEpisodes contract) => new(contract.Epoch, contract.Slot);

    [return: NotNullIfNotNull(nameof(policy))]
    public static Contracts.PolicyPublished? Write(PolicyPublished? policy) => policy is null ? null : new()
    {
        Version = policy.Version,
        Weights = Write(policy.Weights),
        Decides = policy.Decides,
        Report = Write(policy.Report),
    };

    public static PolicyPublished? Read(Contracts.PolicyPublished? contract) => contract is null
        ? null
        : new(contract.Version, Read(Columns.Required(contract.Weights)), contract.Decides, Read(contract.Report));

    [return: NotNullIfNotNull(nameof(report))]
    public static Contracts.LearningReport? Write(LearningReport? report)
    {
        if (report is null)
            return null;
        var contract = new Contracts.LearningReport
        {
            Version = report.Version,
            Slots = report.Slots,
            JourneyReward = { report.JourneyRewards },
            CriticRows = report.Rows.Critic,
            PolicyRows = report.Rows.Policy,
            PolicyLoss = report.PolicyLoss,
            ValueLoss = report.ValueLoss,
            Entropy = report.Entropy,
            ClipFraction = report.ClipFraction,
            Divergence = report.Divergence,
            ExplainedVariance = report.ExplainedVariance,
            TopActionShare = report.TopActionShare,
        };
        if (report.Warning is not null)
            contract.Warning = report.Warning;
        return contract;
    }

    public static LearningReport? Read(Contracts.LearningReport? contract) => contract is null
        ? null
        : new(
            contract.Version, contract.Slots, [.. contract.JourneyReward], (contract.CriticRows, contract.PolicyRows), contract.PolicyLoss,
            contract.ValueLoss, contract.Entropy, contract.ClipFraction, contract.Divergence, contract.ExplainedVariance,
            contract.TopActionShare, contract.HasWarning ? contract.Warning : null);

    public static Contracts.SightingTable? Write(IReadOnlyList<DeviceSighting> devices)
    {
        if (devices.Count == 0)
            return null;
        var table = new Contracts.SightingTable();
        var (device, server) = (new DeltaWriter(table.Device), new DeltaWriter(table.Server));
        for (var i = 0; i < devices.Count; i++)
        {
            var row = devices[i];
            device.Add(row.Device);
            server.Add(row.Server);
            table.Ends.Add(row.Ends ? 1 : 0);
            table.X.Add(row.X);
            table.Y.Add(row.Y);
            table.UplinkSeconds.Add(row.UplinkSeconds);
            table.DataBits.Add(row.DataBits);
            table.Cycles.Add(row.Cycles);
            table.DeadlineSeconds.Add(row.DeadlineSeconds);
        }

        Columns.Fold(table.Server, table.Ends);
        Columns.Fold(table.X, table.Y, table.UplinkSeconds, table.DataBits, table.Cycles, table.DeadlineSeconds);
        return table;
    }

    public static DeviceSighting[] Read(Contracts.SightingTable? table)
    {
        if (table is null)
            return [];
        var rows = new DeviceSighting[table.Device.Count];
        var (device, server) = (new DeltaReader(table.Device, rows.Length), new DeltaReader(table.Server, rows.Length));
        var ends = new ColumnReader<int>(table.Ends, rows.Length);
        var (x, y) = (new ColumnReader<double>(table.X, rows.Length), new ColumnReader<double>(table.Y, rows.Length));
        var uplink = new ColumnReader<double>(table.UplinkSeconds, rows.Length);
        var bits = new ColumnReader<double>(table.DataBits, rows.Length);
        var cycles = new ColumnReader<double>(table.Cycles, rows.Length);
        var deadline = new ColumnReader<double>(table.DeadlineSeconds, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new DeviceSighting(
                device.Next(), x.Next(), y.Next(), server.Next(), uplink.Next(), bits.Next(), cycles.Next(), deadline.Next(), Columns.ToBool(ends.Next()));
        return rows;
    }

    public static Contracts.PolicyWeights Write(PolicyWeights weights) => new()
    {
        Kind = (int)weights.Kind,
        State = (int)weights.State,
        Candidates = weights.Candidates,
        Feature = { weights.Features },
        Layers = { weights.Layers.Select(Write) },
    };

    public static PolicyWeights Read(Contracts.PolicyWeights contract)
    {
        if (!Enum.IsDefined((PolicyNetworkKind)contract.Kind) || !Enum.IsDefined((DecisionState)contract.State))
            throw new SerializationException($"There is no network of kind {contract.Kind} over states of kind {contract.State}.");
        return new PolicyWeights(
            (PolicyNetworkKind)contract.Kind, (DecisionState)contract.State, contract.Candidates, [.. contract.Feature],
            [.. contract.Layers.Select(Read)]);
    }

    public static Contracts.DenseLayer Write(DenseLayer layer) =>
        new() { Inputs = layer.Inputs, Outputs = layer.Outputs, Weight = { layer.Weights }, Bias = { layer.Bias } };

    public static DenseLayer Read(Contracts.DenseLayer contract) =>
        (long)contract.Inputs * contract.Outputs == contract.Weight.Count && contract.Outputs == contract.Bias.Count
            ? new DenseLayer(contract.Inputs, contract.Outputs, [.. contract.Weight], [.. contract.Bias])
            : throw new SerializationException($"A layer of {contract.Inputs} to {contract.Outputs} has {contract.Weight.Count} weights.");
}
