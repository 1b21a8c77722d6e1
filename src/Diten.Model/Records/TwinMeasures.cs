using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Records;

/// <summary>Measures the twins of a run slot by slot, and sums up (model.md §10). Not thread-safe.</summary>
/// <remarks>What it remembers is state of the run: <see cref="Save"/> belongs to every checkpoint.</remarks>
public sealed class TwinMeasures
{
    /// <summary>Ages above this one are counted as this one, slots.</summary>
    public const int MostAgeSlots = 1000;

    private const double RightShare = 0.05, RightTasks = 0.5;

    private readonly TwinsSection _twins;
    private readonly long[] _ages = new long[MostAgeSlots + 1], _offered, _hit;
    private readonly string[] _faults;
    private readonly double[] _freeHertz;
    private readonly int[] _tasks, _incorrect, _resync;
    private TwinTotals _total;

    /// <param name="servers">Number of servers, each with its twin.</param>
    /// <param name="faults">Names of the faults, in their order; more than those that were saved where some were thrown in since.</param>
    /// <param name="saved">What was remembered at the end of the slot before; null = the run begins.</param>
    public TwinMeasures(Scenario scenario, int servers, IReadOnlyList<string> faults, TwinMeasuresSaved? saved = null)
    {
        _twins = scenario.Twins;
        (_faults, _offered, _hit) = ([.. faults], new long[faults.Count], new long[faults.Count]);
        (_freeHertz, _tasks, _incorrect, _resync) = (new double[servers], new int[servers], new int[servers], new int[servers]);
        if (saved is null)
            return;
        _total = saved.Figures.Total;
        Copy(saved.Figures.Ages, _ages);
        Copy(saved.Figures.Faults, saved.FaultNames.Count == 0 ? faults : saved.FaultNames);
        Copy(saved.FreeHertz, _freeHertz);
        Copy(saved.Tasks, _tasks);
        Copy(saved.IncorrectAgeSlots, _incorrect);
        Copy(saved.ResyncSlots, _resync);
    }

    /// <summary>What came together so far.</summary>
    public TwinFigures Figures => new(
        _total, _ages[..(Array.FindLastIndex(_ages, count => count > 0) + 1)], new FaultCounts([.. _offered], [.. _hit]));

    /// <summary>All that it remembers; later slots do not change it.</summary>
    public TwinMeasuresSaved Save() => new(Figures, [.. _freeHertz], [.. _tasks], [.. _incorrect], [.. _resync]) { FaultNames = _faults };

    /// <summary>Counts what faults met and struck.</summary>
    public void Count(FaultCounts counts)
    {
        for (var fault = 0; fault < _offered.Length; fault++)
        {
            _offered[fault] += counts.Offered[fault];
            _hit[fault] += counts.Hit[fault];
        }
    }

    /// <summary>Measures all twins in a slot.</summary>
    /// <param name="servers">What was true, by server id.</param>
    /// <param name="believed">What each twin had published last when the slot began, by server id.</param>
    /// <param name="facts">What each twin made of the syncs that came, by server id.</param>
    /// <param name="rows">Receives a row a twin, by server id; may be empty.</param>
    /// <returns>Sums over this slot.</returns>
    /// <exception cref="InvariantViolatedException">Syncs came from nowhere, or are gone, since the run began.</exception>
    public TwinTotals Measure(
        int slot, ReadOnlySpan<ServerFacts> servers, ReadOnlySpan<TwinEstimate> believed, ReadOnlySpan<TwinFacts> facts, Span<TwinSlotRecord> rows)
    {
        var (sums, onTheirWay) = (new TwinTotals(), 0L);
        for (var id = 0; id < servers.Length; id++)
        {
            var row = Measure(slot, servers[id], believed[id]);
            Count(ref sums, row, servers[id], facts[id]);
            onTheirWay += servers[id].Syncs.OnTheirWay;
            (_freeHertz[id], _tasks[id]) = (servers[id].FreeHertz, servers[id].Tasks);
            if (id < rows.Length)
                rows[id] = row with { SyncsRefused = servers[id].Syncs.Refused + facts[id].Refused };
        }

        _total.Add(sums);
        if (_total.SyncsOnTheirWay != onTheirWay)
            throw new InvariantViolatedException(
                $"Slot {slot}: of {_total.SyncsSent} syncs {_total.SyncsAccepted} were accepted, {_total.SyncsLost} lost and {_total.SyncsRefused} refused, "
                + $"so that {_total.SyncsOnTheirWay} should be on their way; {onTheirWay} are.");
        return sums;
    }

    private TwinSlotRecord Measure(int slot, in ServerFacts server, TwinEstimate believed)
    {
        var id = server.Server;
        var age = believed.AgeSlots + slot - believed.Slot; // what a dead twin published last is for an older slot
        var (free, tasks) = slot == 0 ? (0, 0) : (believed.FreeHertz - _freeHertz[id], (double)(believed.Tasks - _tasks[id]));
        var isRight = slot == 0 || (Math.Abs(free) <= RightShare * _freeHertz[id] && Math.Abs(tasks) < RightTasks);
        _incorrect[id] = isRight ? 0 : _incorrect[id] + 1;
        var syncs = server.Syncs;
        return new TwinSlotRecord(
            age, ConditionAt(age, believed.Condition), free, tasks, _incorrect[id], syncs.Sent, syncs.Lost, syncs.Late, syncs.Duplicated, syncs.Refused);
    }

    /// <summary>A dead twin says nothing of its age: stations see how old its word is.</summary>
    private TwinCondition ConditionAt(int age, TwinCondition published)
    {
        var byAge = age > _twins.DesyncAgeSlots ? TwinCondition.Desynchronised : age > _twins.SuspectAgeSlots ? TwinCondition.Suspect : TwinCondition.InSync;
        return byAge > published ? byAge : published;
    }

    private void Count(ref TwinTotals sums, TwinSlotRecord row, in ServerFacts server, in TwinFacts facts)
    {
        sums.Twins++;
        sums.Age += row.AgeSlots;
        sums.IncorrectAge += row.IncorrectAgeSlots;
        _ages[Math.Clamp(row.AgeSlots, 0, MostAgeSlots)]++; // a skewed clock makes ages below 0
        switch (row.Condition)
        {
            case TwinCondition.InSync:
                sums.InSync++;
                break;
            case TwinCondition.Suspect:
                sums.Suspect++;
                break;
            case TwinCondition.Desynchronised:
                sums.Desynchronised++;
                break;
            default:
                sums.Resynchronising++;
                break;
        }

        ref var asked = ref _resync[server.Server];
        if (asked > 0 && facts.Accepted > 0 && facts.Condition != TwinCondition.Resynchronising)
        {
            sums.Resyncs++;
            sums.ResyncSlots += asked;
        }

        asked = facts.Condition == TwinCondition.Resynchronising ? asked + 1 : 0;
        sums.SyncsSent += server.Syncs.Sent;
        sums.SyncsAccepted += facts.Accepted;
        sums.SyncsLost += server.Syncs.Lost;
        sums.SyncsLate += server.Syncs.Late;
        sums.SyncsDuplicated += server.Syncs.Duplicated;
        sums.SyncsRefused += server.Syncs.Refused + facts.Refused;
        sums.FreeLag += row.FreeLagHertz;
        sums.FreeLagAbsolute += Math.Abs(row.FreeLagHertz);
        sums.TasksLagAbsolute += Math.Abs(row.TasksLag);
        sums.QueueLost += server.QueueLostSeconds;
    }

    /// <summary>What was counted of faults that are no more is nothing: they never struck.</summary>
    private void Copy(FaultCounts counts, IReadOnlyList<string> names)
    {
        if (counts.Offered.Count > names.Count)
            throw new ArgumentException($"{counts.Offered.Count} faults were saved where there are {names.Count}: they are of another scenario.", nameof(counts));
        for (var i = 0; i < counts.Offered.Count; i++)
        {
            var at = Array.IndexOf(_faults, names[i]);
            if (at >= 0)
                (_offered[at], _hit[at]) = (counts.Offered[i], counts.Hit[i]);
        }
    }

    private static void Copy<T>(IReadOnlyList<T> from, T[] to)
    {
        if (from.Count > to.Length)
            throw new ArgumentException($"{from.Count} values were saved where there are {to.Length} at most: they are of another scenario.", nameof(from));
        for (var i = 0; i < from.Count; i++)
            to[i] = from[i];
    }
}
