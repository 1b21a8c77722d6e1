using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.SystemTwin;

namespace Diten.Actors.Wire;

/// <summary>A learner's checkpoint in the snapshot store.</summary>
internal static class SavedLearnerCodec
{
    public static Contracts.LearnerSaved Write(LearnerSaved message) =>
        new() { Slot = message.Slot, RunMark = message.RunMark, Learner = Write(message.Learner) };

    public static LearnerSaved Read(Contracts.LearnerSaved contract) =>
        new(contract.Slot, contract.Learner is null ? null : Read(contract.Learner)) { RunMark = contract.RunMark };

    private static Contracts.SavedLearner? Write(SavedLearner? saved) => saved is null ? null : new()
    {
        Trainer = Write(saved.Trainer),
        Policies = { saved.Policies.Select(LearnerCodec.Write) },
        Episodes = Write(saved.Episodes),
        Twin = { saved.Twin.Select(Write) },
    };

    private static SavedLearner Read(Contracts.SavedLearner contract) => new(
        Read(Columns.Required(contract.Trainer)), [.. contract.Policies.Select(policy => LearnerCodec.Read(policy)!)],
        Read(Columns.Required(contract.Episodes)), [.. contract.Twin.Select(Read)]);

    // ---- What it trains with ----

    private static Contracts.TrainerMemory Write(TrainerMemory memory) => new()
    {
        Fingerprint = memory.Fingerprint,
        MeanReward = { memory.MeanRewards },
        Version = memory.Networks.Version,
        Policy = LearnerCodec.Write(memory.Networks.Policy),
        Critic = { memory.Networks.Critic.Select(LearnerCodec.Write) },
        PolicyAdam = Write(memory.Networks.PolicyAdam),
        CriticAdam = Write(memory.Networks.CriticAdam),
    };

    private static TrainerMemory Read(Contracts.TrainerMemory contract) => new(
        contract.Fingerprint, [.. contract.MeanReward],
        new ActorCriticMemory(
            contract.Version, LearnerCodec.Read(Columns.Required(contract.Policy)), [.. contract.Critic.Select(LearnerCodec.Read)],
            Read(contract.PolicyAdam), Read(contract.CriticAdam)));

    [return: NotNullIfNotNull(nameof(memory))]
    private static Contracts.AdamMemory? Write(AdamMemory? memory) => memory is null
        ? null
        : new() { Steps = memory.Steps, Means = { memory.Means.Select(Write) }, Squares = { memory.Squares.Select(Write) } };

    private static AdamMemory? Read(Contracts.AdamMemory? contract) => contract is null
        ? null
        : new(contract.Steps, [.. contract.Means.Select(Read)], [.. contract.Squares.Select(Read)]);

    private static Contracts.Tensor Write(float[] tensor) => new() { Value = { tensor } };

    private static float[] Read(Contracts.Tensor contract) => [.. contract.Value];

    // ---- What it has not learned from yet ----

    private static Contracts.SavedEpisodes Write(SavedEpisodes saved) => new()
    {
        Slot = saved.Slot,
        Begun = { saved.Begun.Select(Write) },
        BegunJourneys = Write(saved.BegunJourneys),
        Done = { saved.Done.Select(Write) },
        Journeys = Write(saved.Journeys),
    };

    private static SavedEpisodes Read(Contracts.SavedEpisodes contract)
    {
        var saved = new SavedEpisodes(
            contract.Slot, [.. contract.Begun.Select(Read)], Read(contract.BegunJourneys), [.. contract.Done.Select(Read)], Read(contract.Journeys));
        return saved.Begun.Count == saved.BegunJourneys.Count
            ? saved
            : throw new SerializationException($"{saved.BegunJourneys.Count} journeys are said to go on, but {saved.Begun.Count} do.");
    }

    private static Contracts.Episode Write(Episode episode) => new()
    {
        Device = episode.Device,
        FirstSlot = episode.FirstSlot,
        StateWidth = episode.StateWidth,
        Action = { episode.Actions },
        CandidateCount = { episode.CandidateCounts },
        Probability = { episode.Probabilities },
        Version = { episode.Versions },
        Reward = { episode.Rewards },
        State = { episode.States },
        End = (int)episode.End,
        NextState = { episode.NextState },
        NextCandidateCount = episode.NextCandidateCount,
    };

    private static Episode Read(Contracts.Episode contract)
    {
        var rows = contract.Action.Count;
        if (contract.CandidateCount.Count != rows || contract.Probability.Count != rows || contract.Version.Count != rows
            || contract.Reward.Count != rows || contract.State.Count != (long)rows * contract.StateWidth)
            throw new SerializationException($"The columns of an episode of {rows} decisions are not as long as it.");
        if (contract.End is < (int)TransitionEnd.None or > (int)TransitionEnd.Truncated)
            throw new SerializationException($"There is no end of kind {contract.End}.");
        return new Episode
        {
            Device = contract.Device,
            FirstSlot = contract.FirstSlot,
            StateWidth = contract.StateWidth,
            Actions = [.. contract.Action],
            CandidateCounts = [.. contract.CandidateCount],
            Probabilities = [.. contract.Probability],
            Versions = [.. contract.Version],
            Rewards = [.. contract.Reward],
            States = [.. contract.State],
            End = (TransitionEnd)contract.End,
            NextState = [.. contract.NextState],
            NextCandidateCount = contract.NextCandidateCount,
        };
    }

    private static Contracts.JourneyTable? Write(IReadOnlyList<JourneyReward> journeys)
    {
        if (journeys.Count == 0)
            return null;
        var table = new Contracts.JourneyTable();
        var (device, first) = (new DeltaWriter(table.Device), new DeltaWriter(table.FirstSlot));
        foreach (var journey in journeys)
        {
            device.Add(journey.Device);
            first.Add(journey.FirstSlot);
            table.Reward.Add(journey.Reward);
        }

        Columns.Fold(table.FirstSlot);
        Columns.Fold(table.Reward);
        return table;
    }

    private static JourneyReward[] Read(Contracts.JourneyTable? table)
    {
        if (table is null)
            return [];
        var rows = new JourneyReward[table.Device.Count];
        var (device, first) = (new DeltaReader(table.Device, rows.Length), new DeltaReader(table.FirstSlot, rows.Length));
        var reward = new ColumnReader<double>(table.Reward, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            var by = device.Next();
            rows[row] = new JourneyReward(first.Next(), by, reward.Next());
        }

        return rows;
    }

    // ---- What the system's twin knows ----

    private static Contracts.RecordedSlot Write(RecordedSlot slot) => new()
    {
        Slot = slot.Slot,
        FreeHertz = { slot.FreeHertz },
        DeviationHertz = { slot.DeviationHertz },
        TasksOfOthers = { slot.TasksOfOthers },
        Devices = LearnerCodec.Write(slot.Devices),
    };

    private static RecordedSlot Read(Contracts.RecordedSlot contract)
    {
        var servers = contract.FreeHertz.Count;
        if (contract.DeviationHertz.Count != servers || contract.TasksOfOthers.Count != servers)
            throw new SerializationException($"Slot {contract.Slot}: the columns of {servers} servers are not as long as that.");
        return new RecordedSlot
        {
            Slot = contract.Slot,
            FreeHertz = [.. contract.FreeHertz],
            DeviationHertz = [.. contract.DeviationHertz],
            TasksOfOthers = [.. contract.TasksOfOthers],
            Devices = LearnerCodec.Read(contract.Devices),
        };
    }
}
