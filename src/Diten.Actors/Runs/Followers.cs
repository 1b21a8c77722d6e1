using Akka.Actor;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>
/// Those who look on at a run from processes of their own: each is told of the newest slot when it asks, and of none of those in between. So
/// no follower is waited for, and one that is gone leaves no more behind than one question.
/// </summary>
internal sealed class Followers(string runId)
{
    /// <summary>Followers that can wait for a slot at once; others are not answered, and ask again.</summary>
    public const int Most = 16;

    /// <summary>Notices that are kept for those who come late.</summary>
    public const int MostNotices = 1000;

    private readonly Dictionary<IActorRef, FollowRun> _waiting = [];
    private readonly List<RunNotice> _notices = [];
    private readonly List<RunEdited> _edits = []; // a clock takes no more than Edits.Most
    private SlotReport? _newest;
    private ClusterStatus? _status;
    private SlotTotals _total;

    /// <summary>Keeps what happened; that a run waits is said again and again, and not kept.</summary>
    public void Take(RunNotice notice)
    {
        if (notice.Kind != RunNoticeKind.Waiting && _notices.Count < MostNotices)
            _notices.Add(notice);
    }

    /// <summary>Keeps a change of the run.</summary>
    public void Take(RunEdited edit)
    {
        if (_edits.Count > 0)
            _edits[^1] = _edits[^1] with { ScenarioText = "" };
        _edits.Add(edit);
    }

    /// <summary>Keeps what was heard of the cluster.</summary>
    public void Take(ClusterStatus status) => _status = status;

    /// <summary>A slot was taken. Returns who is told of it now.</summary>
    public IReadOnlyList<(IActorRef To, FollowedSlot Slot)> Take(SlotReport report)
    {
        _newest = report;
        _total.Add(report.Total);
        if (_waiting.Count == 0)
            return [];
        var answers = _waiting.Select(asked => (asked.Key, Answer(asked.Value, report))).ToList();
        _waiting.Clear();
        return answers;
    }

    /// <summary>A question. Returns the answer; null = not yet, or it is about another run.</summary>
    public FollowedSlot? Ask(FollowRun asked, IActorRef from)
    {
        if (asked.RunId != runId)
            return null;
        if (_newest is { } newest && newest.Slot > asked.SeenSlot)
            return Answer(asked, newest);
        if (_waiting.ContainsKey(from) || _waiting.Count < Most)
            _waiting[from] = asked;
        return null;
    }

    private FollowedSlot Answer(FollowRun asked, SlotReport report)
    {
        var every = Math.Max(1, asked.DevicesEvery);
        var told = report with
        {
            StationTotals = [],
            StationDigests = [],
            Devices = every == 1 ? report.Devices : [.. report.Devices.Where(device => device.Device % every == 0)],
            Learned = null,
        };
        return new FollowedSlot(runId, told, _total, [.. _notices.Skip(Math.Max(0, asked.SeenNotices))], _status)
        {
            Edits = [.. _edits.Skip(Math.Max(0, asked.SeenEdits))],
        };
    }
}
