using Diten.Model.Input;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies.Networks;

/// <summary>Which sizes the layers of a policy network have, and whether what calls itself one can be used.</summary>
public static class PolicyShape
{
    /// <summary>Most inputs or outputs of a layer.</summary>
    public const int WidestLayer = 65_536;

    /// <summary>Most candidates N of a scenario, and so of a policy.</summary>
    public const int MostCandidates = 1_000;

    /// <summary>Numbers that a network reads at once: of one candidate (set), or of the whole state (dense).</summary>
    /// <param name="candidates">N.</param>
    public static int Inputs(PolicyNetworkKind kind, DecisionState state, int candidates) =>
        kind == PolicyNetworkKind.Set ? DecisionFeatures.CountOf(state) : StateWidth(state, candidates);

    /// <summary>Scores that a network gives at once: one (set), or one for each of N candidates (dense).</summary>
    public static int Outputs(PolicyNetworkKind kind, int candidates) => kind == PolicyNetworkKind.Set ? 1 : candidates;

    /// <summary>Numbers in the state of a device, S_t: N · <see cref="DecisionFeatures.CountOf"/>, or <see cref="PaperState.Length"/>.</summary>
    public static int StateWidth(DecisionState state, int candidates) =>
        state == DecisionState.Paper ? PaperState.Length(candidates) : candidates * DecisionFeatures.CountOf(state);

    /// <summary>Numbers in all layers, weights and biases.</summary>
    public static long Parameters(IEnumerable<DenseLayer> layers) => layers.Sum(layer => (long)layer.Inputs * layer.Outputs + layer.Outputs);

    /// <summary>The sizes, as in <c>11 → 32 → 32 → 1</c>.</summary>
    public static string Describe(PolicyWeights weights) =>
        string.Join(" → ", [weights.Layers[0].Inputs, .. weights.Layers.Select(layer => layer.Outputs)]);

    /// <summary>What is wrong with a policy, as the rest of a sentence that its name begins; null where nothing is.</summary>
    public static string? Problem(PolicyWeights weights)
    {
        var (kind, state, candidates, layers) = (weights.Kind, weights.State, weights.Candidates, weights.Layers);
        if (Problem(kind, state, candidates) is { } problem)
            return problem;
        if (state != DecisionState.Paper && weights.Features.Count != DecisionFeatures.CountOf(state))
            return $"says of {weights.Features.Count} features whether it sees them; there are {DecisionFeatures.CountOf(state)}";
        if (layers.Count == 0)
            return "has no layers";
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.Weights.Length != (long)layer.Inputs * layer.Outputs || layer.Bias.Length != layer.Outputs)
                return $"has {layer.Weights.Length} weights and {layer.Bias.Length} biases in layer {i + 1}, of {layer.Inputs} inputs and {layer.Outputs} outputs";
            if (i > 0 && layer.Inputs != layers[i - 1].Outputs)
                return $"has {layer.Inputs} inputs in layer {i + 1}, after {layers[i - 1].Outputs} outputs of the one before";
        }

        return Problem(kind, state, candidates, [layers[0].Inputs, .. layers.Select(layer => layer.Outputs)]) ?? NotFinite(layers);
    }

    /// <summary>What is wrong with kind, state and N; null where nothing is.</summary>
    internal static string? Problem(PolicyNetworkKind kind, DecisionState state, int candidates)
    {
        if (!Enum.IsDefined(kind) || !Enum.IsDefined(state))
            return $"is of kind {kind} with state {state}, which are none";
        if (kind == PolicyNetworkKind.Set && state == DecisionState.Paper)
            return "is a set network that reads the paper's state; only dense ones can";
        return candidates is >= 1 and <= MostCandidates ? null : $"was made for {candidates} candidates; allowed: 1 to {MostCandidates}";
    }

    /// <summary>What is wrong with the sizes of layers, inputs of the first before outputs of each; null where nothing is.</summary>
    internal static string? Problem(PolicyNetworkKind kind, DecisionState state, int candidates, IReadOnlyList<int> sizes)
    {
        if (sizes.Count < 2)
            return "has no layers";
        if (sizes.Any(size => size is < 1 or > WidestLayer))
            return $"has layers of sizes {string.Join(", ", sizes)}; allowed: 1 to {WidestLayer} each";
        var (inputs, outputs) = (Inputs(kind, state, candidates), Outputs(kind, candidates));
        return sizes[0] == inputs && sizes[^1] == outputs
            ? null
            : $"has {sizes[0]} inputs and {sizes[^1]} outputs; {Words.Kebab(kind.ToString())} networks with state {Words.Kebab(state.ToString())}"
                + $" for {candidates} candidates have {inputs} and {outputs}";
    }

    private static string? NotFinite(IReadOnlyList<DenseLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            foreach (var (what, numbers) in ((string, float[])[])[("weight", layers[i].Weights), ("bias", layers[i].Bias)])
                if (Array.FindIndex(numbers, number => !float.IsFinite(number)) is >= 0 and var at)
                    return FormattableString.Invariant($"has the {what} {numbers[at]} in layer {i + 1} at {at}; allowed: finite numbers");
        }

        return null;
    }
}
