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
    int RunSlots, double RunSeconds, double TrainingSeconds, double TrainingShare);
