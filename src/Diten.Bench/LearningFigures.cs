using System.Globalization;
using Diten.Runs.Progress;

namespace Diten.Bench;

/// <summary>How fast a policy decides and learns.</summary>
/// <param name="Decisions">Devices of a batch that is decided at once.</param>
/// <param name="DecisionRate">Decisions per second by plain C#, from features to probabilities, on one thread.</param>
/// <param name="TorchDecisionRate">The same by TorchSharp, whose tensors are made before.</param>
/// <param name="DecisionRatio">The first over the second: middle of the turns.</param>
/// <param name="LargestDifference">Of the probabilities that both compute.</param>
/// <param name="Transitions">Rows of an update: decisions of all devices between two versions.</param>
/// <param name="TransitionRate">Rows trained per second, each as often as an update goes over it.</param>
/// <param name="RunSlots">Slots of a training run.</param>
/// <param name="RunSeconds">Wall-clock time of its slots.</param>
/// <param name="TrainingSeconds">Wall-clock time of its updates.</param>
/// <param name="TrainingShare">The latter over the former.</param>
public sealed record LearningFigures(
    int Decisions, double DecisionRate, double TorchDecisionRate, double DecisionRatio, double LargestDifference, int Transitions, double TransitionRate,
    int RunSlots, double RunSeconds, double TrainingSeconds, double TrainingShare)
{
    /// <summary>Prints a line for each.</summary>
    public void Write(Terminal terminal)
    {
        foreach (var line in (FormattableString[])
                 [
                     $"decisions of a set policy 11 → 32 → 32 → 1, {Decisions} at once: C# {DecisionRate / 1e6:F2} M/s, TorchSharp's forward {TorchDecisionRate / 1e6:F2} M/s, C# / TorchSharp = {DecisionRatio:F2}",
                     $"training, {Transitions:N0} transitions a version: {TransitionRate:N0} transitions/s",
                     $"a training run of {RunSlots} slots took {RunSeconds:F1} s, {TrainingShare:P0} of it in training",
                 ])
            terminal.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
