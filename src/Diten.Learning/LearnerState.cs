using Diten.Model.Learning;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;

namespace Diten.Learning;

/// <summary>Something that a learner does off its mailbox, in the order in which it became due.</summary>
public abstract record LearnerWork;

/// <summary>Train a version.</summary>
/// <param name="Version">k.</param>
/// <param name="Slots">kP: the decisions of all slots before are known.</param>
/// <param name="Episodes">The decisions since the last version, by first slot and device.</param>
/// <param name="Journeys">The journeys that ended since then, likewise.</param>
public sealed record TrainVersion(int Version, int Slots, IReadOnlyList<Episode> Episodes, IReadOnlyList<JourneyReward> Journeys) : LearnerWork
{
    /// <summary>What the system's twin knows, for a version that is trained on episodes played there; null = it is trained on <see cref="Episodes"/>.</summary>
    public SystemTwinModel? Twin { get; init; }
}

/// <summary>Write a checkpoint.</summary>
/// <param name="Episodes">What is known of decisions that have trained nothing yet.</param>
/// <param name="Twin">What the system's twin knows.</param>
internal sealed record SaveLearner(SavedEpisodes Episodes, SystemTwinModel Twin) : LearnerWork
{
    /// <summary>The slot that comes next.</summary>
    public int Slot => Episodes.Slot;
}

/// <summary>The rules of a learner: what it knows, what it trains when, and which policy holds in which slot. Knows no actors and no networks.</summary>
internal sealed class LearnerState
{
    private readonly LearningSection _learning;
    private readonly TrainingSchedule _schedule;
    private readonly EpisodePool _pool;
    private readonly Queue<LearnerWork> _work = new();
    private readonly SortedDictionary<int, PolicyPublished> _policies = [];
    private readonly SortedDictionary<int, SystemReport?[]> _reports = [];
    private readonly int _zones, _leadSlots;
    private SystemTwinModel _twin;
    private int _due, _captured = -1;

    /// <param name="zones">Number of zones that tell of each slot.</param>
    public LearnerState(Scenario scenario, int zones)
    {
        (_learning, _zones) = (scenario.Learning, zones);
        _leadSlots = _learning.LeadSlots(scenario.Devices.JourneySlots);
        _twin = SystemTwinModel.Fresh(scenario);
        _schedule = _learning.ToSchedule();
        _pool = new EpisodePool(zones, PolicyShape.StateWidth(scenario.Decisions.State, scenario.Decisions.Candidates));
    }

    /// <summary>First slot of which not all is known.</summary>
    public int NextSlot => _pool.NextSlot;

    /// <summary>The last policy that was made.</summary>
    public PolicyPublished Newest => _policies.Values.Last();

    /// <summary>Starts with an untrained policy.</summary>
    public void Begin(PolicyWeights weights) => Publish(0, weights, null);

    /// <summary>The policy of a slot; null where it is still to be trained.</summary>
    public PolicyPublished? PolicyAt(int slot) => _policies.GetValueOrDefault(_schedule.VersionAt(slot));

    /// <summary>Zones that have told of a slot.</summary>
    public IEnumerable<int> Heard(int slot) => _pool.Heard(slot);

    /// <summary>Takes in what a zone tells of a slot; said again, it changes nothing.</summary>
    /// <param name="report">For the system's twin; null in slots in which it is not fed.</param>
    /// <exception cref="InvalidDataException">The rows do not fit the state, or the report is missing or does not fit the one before.</exception>
    public void Add(int zone, int slot, DecisionRows rows, SystemReport? report = null)
    {
        var first = _pool.NextSlot;
        Keep(zone, slot, report);
        // Zones never get ahead of the learner: at most one slot becomes whole at a time, so that a version knows what it should, and no more.
        _pool.Add(zone, slot, rows, at => PolicyAt(at) is { Decides: true } policy ? policy.Version : -1);
        for (var known = first; known < _pool.NextSlot; known++)
            if (_reports.Remove(known, out var reports))
                _twin = _twin.Observe(known, reports!);
        if (_pool.NextSlot > _learning.TwinSlots())
            _twin = _twin with { Slots = [] }; // nobody plays on it any more
        if (!_schedule.IsDue(_due + 1, _pool.NextSlot))
            return;
        _due++;
        var (episodes, journeys) = _pool.Take();
        _work.Enqueue(_pool.NextSlot > _learning.TwinSlots()
            ? new TrainVersion(_due, _pool.NextSlot, episodes, journeys)
            : new TrainVersion(_due, _pool.NextSlot, [], journeys) { Twin = _pool.NextSlot < _leadSlots ? null : _twin });
    }

    /// <summary>Keeps what is known now for a checkpoint; what is due before is done before.</summary>
    public void Capture(int slot)
    {
        if (slot <= _captured)
            return;
        _captured = slot;
        _work.Enqueue(new SaveLearner(_pool.Save(), _twin));
    }

    /// <summary>The next thing to do; null = nothing.</summary>
    public LearnerWork? TakeWork() => _work.TryDequeue(out var work) ? work : null;

    /// <summary>Takes over a version that was trained.</summary>
    public void Trained(int version, PolicyWeights weights, LearningReport report) => Publish(version, weights, report);

    /// <summary>What a checkpoint holds.</summary>
    /// <param name="trainer">What the trainer remembers.</param>
    public SavedLearner Save(SaveLearner save, TrainerMemory trainer)
    {
        var first = _schedule.VersionAt(save.Slot);
        return new SavedLearner(trainer, [.. _policies.Values.Where(policy => policy.Version >= first)], save.Episodes, save.Twin.Slots);
    }

    /// <summary>Becomes what a checkpoint says.</summary>
    public void Restore(SavedLearner saved)
    {
        _pool.Restore(saved.Episodes);
        _twin = _twin with { Slots = [.. saved.Twin] };
        foreach (var policy in saved.Policies)
            _policies[policy.Version] = policy;
        (_due, _captured) = (saved.Episodes.Slot / _schedule.PeriodSlots, saved.Episodes.Slot);
    }

    private void Keep(int zone, int slot, SystemReport? report)
    {
        if (slot < _pool.NextSlot || slot >= _learning.TwinSlots())
            return;
        if (!_reports.TryGetValue(slot, out var heard))
            _reports[slot] = heard = new SystemReport?[_zones];
        heard[zone] = report ?? throw new InvalidDataException($"Zone {zone}, slot {slot}: nothing for the system's twin.");
    }

    private void Publish(int version, PolicyWeights weights, LearningReport? report)
    {
        // On the system's twin nothing is trained before the lead is over, so that a version may be in force by then and still know nothing.
        var known = _learning.TwinSlots() > 0 ? version * _schedule.PeriodSlots : _schedule.FirstSlotOf(version);
        _policies[version] = new PolicyPublished(version, weights, known >= _leadSlots, report);
        var oldest = _schedule.VersionAt(Math.Max(0, _pool.NextSlot - 1)); // of the slot that is being completed
        foreach (var old in _policies.Keys.Where(other => other < oldest).ToArray())
            _policies.Remove(old);
    }
}
