using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>Shapes of a policy network and of its critic, and what they see: follows from a scenario. Immutable by convention.</summary>
public sealed record NetworkShape
{
    /// <summary>Set policy, or the paper's dense one.</summary>
    public required PolicyNetworkKind Kind { get; init; }

    /// <summary>State that the networks read; <see cref="DecisionState.Paper"/> with dense networks only.</summary>
    public required DecisionState State { get; init; }

    /// <summary>N, the most candidates of a decision, at least 1.</summary>
    public required int Candidates { get; init; }

    /// <summary>For each of <see cref="DecisionFeatures.CountOf"/> features whether both networks see it, or read 0. Default: all. Not of the paper's state.</summary>
    public IReadOnlyList<bool> Features { get => _features ?? [.. Enumerable.Repeat(true, FeatureCount)]; init => _features = value; }

    private readonly IReadOnlyList<bool>? _features;

    /// <summary>Neurons of the policy's hidden layers, each at least 1; none makes it linear. Default: null, which is 32, 32 (set) or 64, 64, 64 (dense).</summary>
    public IReadOnlyList<int>? PolicyWidths { get; init; }

    /// <summary>Neurons of the critic's hidden layers, each at least 1. Default: null, which is 64, 64 (set) or 64, 64, 64 (dense).</summary>
    public IReadOnlyList<int>? CriticWidths { get; init; }

    /// <summary>The shape that a scenario's <c>learning</c> and <c>decisions</c> sections ask for.</summary>
    public static NetworkShape Of(Scenario scenario) => new()
    {
        Kind = scenario.Learning.Network,
        State = scenario.Decisions.State,
        Candidates = scenario.Decisions.Candidates,
        Features = [.. DecisionFeatures.NamesOf(scenario.Decisions.State).Select(name => scenario.Learning.ScoreFeatures || name is not ("log-queue-move" or "drift-plus-penalty"))],
    };

    /// <summary>Features of a candidate: 11, or 14 with their twin's age; 0 with the paper's state.</summary>
    internal int FeatureCount => DecisionFeatures.CountOf(State);

    /// <summary>Numbers of a state S_t: N times the features (row-major, nearest candidate first) or 3 N + 1.</summary>
    internal int StateWidth => State == DecisionState.Paper ? PaperState.Length(Candidates) : Candidates * FeatureCount;

    /// <summary>Inputs of the policy: the features (set: it reads one candidate) or the whole state (dense).</summary>
    internal int PolicyInputs => Kind == PolicyNetworkKind.Set ? FeatureCount : StateWidth;

    /// <summary>Outputs of the policy: 1 (set) or N (dense).</summary>
    internal int PolicyOutputs => Kind == PolicyNetworkKind.Set ? 1 : Candidates;

    /// <summary>Inputs of the critic's state part: three times the features, minimum, mean and maximum of each feature over the candidates (set), or the whole state (dense).</summary>
    internal int CriticInputs => Kind == PolicyNetworkKind.Set ? 3 * FeatureCount : StateWidth;

    internal IReadOnlyList<int> PolicyHidden => PolicyWidths ?? (Kind == PolicyNetworkKind.Set ? [32, 32] : [64, 64, 64]);

    internal IReadOnlyList<int> CriticHidden => CriticWidths ?? (Kind == PolicyNetworkKind.Set ? [64, 64] : [64, 64, 64]);

    /// <summary>Whether networks of both read states alike.</summary>
    internal bool SeesAs(NetworkShape other) =>
        (Kind, State, Candidates) == (other.Kind, other.State, other.Candidates) && (State == DecisionState.Paper || Features.SequenceEqual(other.Features));

    /// <exception cref="ArgumentException">A value is out of its range, or they do not go together; the message says which.</exception>
    internal void Check()
    {
        if (Candidates < 1)
            throw new ArgumentException($"{nameof(Candidates)} is {Candidates}: at least 1 is needed.");
        if (Kind == PolicyNetworkKind.Set && State == DecisionState.Paper)
            throw new ArgumentException("A set policy reads each candidate's own features, which the paper's state does not have: use a dense one with it.");
        if (State != DecisionState.Paper && Features.Count != FeatureCount)
            throw new ArgumentException($"{nameof(Features)} has {Features.Count} entries: one for each of {FeatureCount} features is needed.");
        if (PolicyHidden.Concat(CriticHidden).Any(width => width < 1))
            throw new ArgumentException("A hidden layer has no neurons.");
    }
}
