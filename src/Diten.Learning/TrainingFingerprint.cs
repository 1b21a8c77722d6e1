using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>
/// Tells whether two machines train alike. Torch's matrix products add in another order on processors of another make, so that the same training
/// gives other last bits there: machines with the same fingerprint give the same policy, as far as it looks.
/// </summary>
public static class TrainingFingerprint
{
    private const int Candidates = 5, Rows = 64, Devices = 12, Updates = 3, Digits = 16;

    private static readonly NetworkShape Shape = new() { Kind = PolicyNetworkKind.Set, State = DecisionState.Diten, Candidates = Candidates };

    private static readonly Lazy<string> Computed = new(Compute);

    /// <summary>Of this machine: the first digits of the SHA-256 of what a fixed small training gives; 16 hex digits. The first call takes up to a second.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train.</exception>
    public static string Here => Computed.Value;

    private static string Compute()
    {
        using var networks = new ActorCritic(new LearningSection(), Shape, seed: 1);
        for (var update = 0; update < Updates; update++)
        {
            var version = networks.Version;
            networks.Update([.. Enumerable.Range(0, Devices).Select(device => EpisodeOf(update, device, version))]);
        }

        return PolicyFile.Hash(networks.Policy.ToWeights())[..Digits];
    }

    private static Episode EpisodeOf(int update, int device, int version)
    {
        var draw = 0;
        var width = Candidates * DecisionFeatures.Count;
        return new Episode
        {
            Device = device,
            FirstSlot = update * Rows,
            StateWidth = width,
            States = [.. Enumerable.Range(0, Rows * width).Select(_ => (float)(2 * Next() - 1))],
            CandidateCounts = [.. Enumerable.Repeat(Candidates, Rows)],
            Actions = [.. Enumerable.Range(0, Rows).Select(_ => (int)(Candidates * Next()))],
            Probabilities = [.. Enumerable.Repeat(1f / Candidates, Rows)],
            Versions = [.. Enumerable.Repeat(version, Rows)],
            Rewards = [.. Enumerable.Range(0, Rows).Select(_ => (float)(-4 * Next()))],
            End = TransitionEnd.Terminal,
        };

        double Next() => RandomStreams.Uniform(1, device, update, Purpose.NetworkWeights, draw++);
    }
}
