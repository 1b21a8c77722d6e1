using Diten.Model.Records;

namespace Diten.Model.Offloading.Bounds;

/// <summary>A candidate of a decision that was made.</summary>
/// <param name="TwinTasks">Tasks that its twin had published for the slot.</param>
/// <param name="PredictedSeconds">T_glob that followed from what its twin had published for the slot.</param>
/// <param name="TrueSeconds">T_glob that it would have given, everybody else where they were.</param>
public readonly record struct CandidateOutlook(int Server, double DistanceMetres, int TwinTasks, double PredictedSeconds, double TrueSeconds);

/// <summary>A decision of a recorded run in hindsight; see <see cref="SingleJourneys.Hindsight"/>.</summary>
/// <param name="Record">What was decided, and what came.</param>
/// <param name="Serving">Server that served the device before; −1 where a journey begins.</param>
/// <param name="Candidates">Nearest first.</param>
public sealed record HindsightChoice(DeviceSlotRecord Record, int Serving, IReadOnlyList<CandidateOutlook> Candidates)
{
    /// <summary>Index of the candidate that was chosen.</summary>
    public int Chosen { get; } = Candidates.Select(candidate => candidate.Server).ToList().IndexOf(Record.Server);

    /// <summary>
    /// Whether the station decided on what is told here: it does where a slot has one decision round, and stations know nothing but what twins publish.
    /// </summary>
    public bool IsAsDecided => Chosen >= 0 && Math.Abs(Candidates[Chosen].PredictedSeconds - Record.PredictedSeconds) <= BoundInputs.ToleranceSeconds;

    /// <summary>T_glob of a candidate less the least of all, seconds; at least 0.</summary>
    public double RegretSeconds(int candidate) => Candidates[candidate].TrueSeconds - Candidates.Min(one => one.TrueSeconds);
}
