using Diten.Model.Offloading;

namespace Diten.Model.Learning;

/// <summary>The reward of a whole journey.</summary>
/// <param name="FirstSlot">Slot of its first decision; with <paramref name="Device"/> it orders journeys.</param>
/// <param name="Reward">Sum of R_t, eq. (16).</param>
public readonly record struct JourneyReward(int FirstSlot, int Device, double Reward);

/// <summary>Puts episodes together from what all zones tell, slot by slot. Nothing depends on the order in which zones are heard.</summary>
/// <param name="zones">Number of zones that tell of each slot.</param>
/// <param name="stateWidth">Numbers of a state.</param>
public sealed class EpisodePool(int zones, int stateWidth)
{
    private readonly SortedDictionary<int, DecisionRows?[]> _slots = [];
    private readonly SortedDictionary<int, OpenEpisode> _open = [];
    private readonly List<Episode> _done = [];
    private readonly List<JourneyReward> _journeys = [];

    /// <summary>First slot of which not all is known.</summary>
    public int NextSlot { get; private set; }

    /// <summary>Zones that have told of a slot of which not all is known, ascending.</summary>
    public IEnumerable<int> Heard(int slot) =>
        _slots.TryGetValue(slot, out var heard) ? Enumerable.Range(0, zones).Where(zone => heard[zone] is not null) : [];

    /// <summary>Takes in what a zone tells of a slot; said again, it changes nothing.</summary>
    /// <param name="version">Version of the policy that holds in a slot; −1 where it is none of the learner's.</param>
    /// <exception cref="InvalidDataException">The rows do not fit the state.</exception>
    public void Add(int zone, int slot, DecisionRows rows, Func<int, int> version)
    {
        if (slot < NextSlot)
            return;
        if (rows.States.Length != rows.CandidateCounts.Count(count => count > 0) * stateWidth)
            throw new InvalidDataException($"Zone {zone}, slot {slot}: {rows.States.Length} numbers of states for {rows.Count} rows of {stateWidth}.");
        if (!_slots.TryGetValue(slot, out var heard))
            _slots[slot] = heard = new DecisionRows?[zones];
        heard[zone] = rows;
        while (_slots.TryGetValue(NextSlot, out var next) && Array.TrueForAll(next, part => part is not null))
        {
            foreach (var part in next)
                Append(part!, NextSlot, version(NextSlot));
            _slots.Remove(NextSlot++);
        }
    }

    /// <summary>
    /// Takes all decisions whose next state is known: journeys that are over, and those that go on, cut before their last decision, whose
    /// state says what the ones before were worth. By first slot and device, as are the rewards of the journeys that are over.
    /// </summary>
    public (IReadOnlyList<Episode> Episodes, IReadOnlyList<JourneyReward> Journeys) Take()
    {
        foreach (var (device, open) in _open)
            if (open.Length > 1)
                _done.Add(open.Cut(device, stateWidth));
        Episode[] episodes = [.. _done.OrderBy(episode => episode.FirstSlot).ThenBy(episode => episode.Device)];
        JourneyReward[] journeys = [.. _journeys.OrderBy(journey => journey.FirstSlot).ThenBy(journey => journey.Device)];
        _done.Clear();
        _journeys.Clear();
        return (episodes, journeys);
    }

    /// <summary>All that is here, to go on from.</summary>
    public SavedEpisodes Save() => new(
        NextSlot, [.. _open.Select(open => open.Value.ToEpisode(open.Key, stateWidth))], [.. _open.Select(open => open.Value.Journey(open.Key))],
        [.. _done], [.. _journeys]);

    /// <summary>Goes on from what was saved.</summary>
    public void Restore(SavedEpisodes saved)
    {
        NextSlot = saved.Slot;
        for (var i = 0; i < saved.Begun.Count; i++)
            _open[saved.Begun[i].Device] = new OpenEpisode(saved.Begun[i], saved.BegunJourneys[i]);
        _done.AddRange(saved.Done);
        _journeys.AddRange(saved.Journeys);
    }

    private void Append(DecisionRows rows, int slot, int version)
    {
        var state = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var device = rows.Devices[row];
            if (rows.CandidateCounts[row] > 0)
            {
                if (!_open.TryGetValue(device, out var open))
                    _open[device] = open = new OpenEpisode(slot);
                open.Add(rows, row, slot, state++ * stateWidth, stateWidth, version);
            }

            if (!rows.Ends[row] || !_open.Remove(device, out var over))
                continue;
            _journeys.Add(over.Journey(device));
            _done.Add(over.ToEpisode(device, stateWidth) with { End = TransitionEnd.Terminal });
        }
    }

    /// <summary>A journey that goes on: the decisions that have not been taken, and what it earned in all.</summary>
    private sealed class OpenEpisode(int firstSlot)
    {
        private readonly List<float> _states = [], _probabilities = [], _rewards = [];
        private readonly List<int> _slots = [], _counts = [], _actions = [], _versions = [];
        private double _earned;

        public OpenEpisode(Episode begun, JourneyReward journey)
            : this(journey.FirstSlot)
        {
            _states.AddRange(begun.States);
            _probabilities.AddRange(begun.Probabilities);
            _rewards.AddRange(begun.Rewards);
            _slots.AddRange(Enumerable.Range(begun.FirstSlot, begun.Length)); // only the first one is ever asked for
            _counts.AddRange(begun.CandidateCounts);
            _actions.AddRange(begun.Actions);
            _versions.AddRange(begun.Versions);
            _earned = journey.Reward;
        }

        public int Length => _actions.Count;

        public JourneyReward Journey(int device) => new(firstSlot, device, _earned);

        public void Add(DecisionRows rows, int row, int slot, int from, int width, int version)
        {
            _states.AddRange(rows.States.AsSpan(from, width));
            _slots.Add(slot);
            _counts.Add(rows.CandidateCounts[row]);
            _actions.Add(rows.Actions[row]);
            _probabilities.Add(rows.Probabilities[row]);
            _rewards.Add(rows.Rewards[row]);
            _versions.Add(version);
            _earned += rows.Rewards[row];
        }

        /// <summary>All decisions but the last, which stays.</summary>
        public Episode Cut(int device, int width)
        {
            var all = ToEpisode(device, width);
            var kept = all.Length - 1;
            _slots.RemoveRange(0, kept);
            _states.RemoveRange(0, kept * width);
            foreach (var column in (List<int>[])[_counts, _actions, _versions])
                column.RemoveRange(0, kept);
            foreach (var column in (List<float>[])[_probabilities, _rewards])
                column.RemoveRange(0, kept);
            return all with
            {
                States = all.States[..(kept * width)],
                CandidateCounts = all.CandidateCounts[..kept],
                Actions = all.Actions[..kept],
                Probabilities = all.Probabilities[..kept],
                Versions = all.Versions[..kept],
                Rewards = all.Rewards[..kept],
                End = TransitionEnd.Truncated,
                NextState = all.States[(kept * width)..],
                NextCandidateCount = all.CandidateCounts[kept],
            };
        }

        public Episode ToEpisode(int device, int width) => new()
        {
            Device = device,
            FirstSlot = _slots[0],
            StateWidth = width,
            States = [.. _states],
            CandidateCounts = [.. _counts],
            Actions = [.. _actions],
            Probabilities = [.. _probabilities],
            Versions = [.. _versions],
            Rewards = [.. _rewards],
            End = TransitionEnd.None,
        };
    }
}

/// <summary>What an <see cref="EpisodePool"/> holds between two slots.</summary>
/// <param name="Slot">The slot that comes next.</param>
/// <param name="Begun">Decisions of journeys that go on.</param>
/// <param name="BegunJourneys">What each of these journeys has earned in all.</param>
/// <param name="Done">Episodes that are over and have not been taken.</param>
/// <param name="Journeys">Rewards of the journeys that ended with them.</param>
public sealed record SavedEpisodes(
    int Slot, IReadOnlyList<Episode> Begun, IReadOnlyList<JourneyReward> BegunJourneys, IReadOnlyList<Episode> Done,
    IReadOnlyList<JourneyReward> Journeys);
