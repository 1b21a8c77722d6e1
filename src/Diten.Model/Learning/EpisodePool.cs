using Diten.Model.Offloading;

namespace Diten.Model.Learning;

/// <summary>Puts episodes together from what all zones tell, slot by slot. Nothing depends on the order in which zones are heard.</summary>
/// <param name="zones">Number of zones that tell of each slot.</param>
/// <param name="stateWidth">Numbers of a state.</param>
public sealed class EpisodePool(int zones, int stateWidth)
{
    private readonly SortedDictionary<int, DecisionRows?[]> _slots = [];
    private readonly SortedDictionary<int, OpenEpisode> _open = [];
    private readonly List<Episode> _done = [];

    /// <summary>First slot of which not all is known.</summary>
    public int NextSlot { get; private set; }

    /// <summary>Zones that have told of a slot of which not all is known, ascending.</summary>
    public IEnumerable<int> Heard(int slot) =>
        _slots.TryGetValue(slot, out var heard) ? Enumerable.Range(0, zones).Where(zone => heard[zone] is not null) : [];

    /// <summary>Goes on from a slot with episodes that had begun before it, and those that were over.</summary>
    public void Restore(int slot, IEnumerable<Episode> begun, IEnumerable<Episode> done)
    {
        NextSlot = slot;
        foreach (var episode in begun)
            _open[episode.Device] = new OpenEpisode(episode);
        _done.AddRange(done);
    }

    /// <summary>Episodes that are not over, as they are now, by device; and those that are over and have not been taken.</summary>
    public (IReadOnlyList<Episode> Begun, IReadOnlyList<Episode> Done) Save() =>
        ([.. _open.Select(open => open.Value.Close(open.Key, stateWidth, TransitionEnd.None))], [.. _done]);

    /// <summary>Takes in what a zone tells of a slot; said again, it changes nothing.</summary>
    /// <param name="version">Version of the policy that holds in that slot; −1 where it is none of the learner's.</param>
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

    /// <summary>Takes the episodes that are over, by first slot and device.</summary>
    public IReadOnlyList<Episode> Take()
    {
        var taken = _done.OrderBy(episode => episode.FirstSlot).ThenBy(episode => episode.Device).ToArray();
        _done.Clear();
        return taken;
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
                open.Add(rows, row, state++ * stateWidth, stateWidth, version);
            }

            if (rows.Ends[row] && _open.Remove(device, out var over))
                _done.Add(over.Close(device, stateWidth, TransitionEnd.Terminal));
        }
    }

    private sealed class OpenEpisode(int firstSlot)
    {
        private readonly List<float> _states = [], _probabilities = [], _rewards = [];
        private readonly List<int> _counts = [], _actions = [], _versions = [];

        public OpenEpisode(Episode begun)
            : this(begun.FirstSlot)
        {
            _states.AddRange(begun.States);
            _probabilities.AddRange(begun.Probabilities);
            _rewards.AddRange(begun.Rewards);
            _counts.AddRange(begun.CandidateCounts);
            _actions.AddRange(begun.Actions);
            _versions.AddRange(begun.Versions);
        }

        public void Add(DecisionRows rows, int row, int from, int width, int version)
        {
            _states.AddRange(rows.States.AsSpan(from, width));
            _counts.Add(rows.CandidateCounts[row]);
            _actions.Add(rows.Actions[row]);
            _probabilities.Add(rows.Probabilities[row]);
            _rewards.Add(rows.Rewards[row]);
            _versions.Add(version);
        }

        public Episode Close(int device, int width, TransitionEnd end) => new()
        {
            Device = device,
            FirstSlot = firstSlot,
            StateWidth = width,
            States = [.. _states],
            CandidateCounts = [.. _counts],
            Actions = [.. _actions],
            Probabilities = [.. _probabilities],
            Versions = [.. _versions],
            Rewards = [.. _rewards],
            End = end,
        };
    }
}
