using Akka.Actor;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>To the clock, by anyone who can reach it: which run goes on, and who watches it? No answer where none goes on.</summary>
public sealed record GetObservedRun;

/// <summary>Reply to <see cref="GetObservedRun"/>.</summary>
/// <param name="Observer">Has all reports of the run, and shares them with those who follow it.</param>
public sealed record ObservedRun(RunSpec Run, IActorRef Observer);

/// <summary>To a run's observer: tell me of the newest slot after one, as soon as there is one. Said again until answered.</summary>
/// <param name="SeenSlot">Last slot that was seen; −1 = none.</param>
/// <param name="DevicesEvery">Rows are wanted of devices whose id is a multiple of it; at least 1.</param>
/// <param name="SeenNotices">Notices that were seen.</param>
public sealed record FollowRun(string RunId, int SeenSlot, int DevicesEvery, int SeenNotices)
{
    /// <summary>Changes of the run that were seen.</summary>
    public int SeenEdits { get; init; }
}

/// <summary>Reply to <see cref="FollowRun"/>.</summary>
/// <param name="Report">The newest slot, without rows and digests of stations.</param>
/// <param name="Total">Sums over all slots up to this one that the observer took.</param>
/// <param name="Notices">Those after the ones that were seen.</param>
/// <param name="Status">What the observer heard last of the cluster; null = nothing.</param>
public sealed record FollowedSlot(string RunId, SlotReport Report, SlotTotals Total, IReadOnlyList<RunNotice> Notices, ClusterStatus? Status)
{
    /// <summary>Changes of the run after those that were seen; only the last one has its scenario, which holds those before it.</summary>
    public IReadOnlyList<RunEdited> Edits { get; init; } = [];
}

/// <summary>Looks on at a run from a process of its own.</summary>
public interface IRunFollower : IRunObserver
{
    /// <summary>There is a run. Returns which devices rows are wanted of: those whose id is a multiple; at least 1.</summary>
    int Begin(RunSpec run);

    /// <summary>A slot is done; those since the one before may have been left out.</summary>
    /// <param name="total">Sums over all slots up to this one.</param>
    /// <returns>Whether more can come.</returns>
    bool SlotSeen(SlotReport report, SlotTotals total);
}
