using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>Stays while the serving server keeps the deadline; else goes where latency and migration together cost least.</summary>
/// <remarks>
/// <para>
/// <b>Source.</b> The paper cites two schemes that weigh cost against service: T. G. Rodrigues et al., "Cloudlets activation scheme for
/// scalable mobile edge computing with transmission power control and virtual machine migration", IEEE Transactions on Computers 67(9), 2018
/// ([22]), a heuristic that makes the most of what is paid for communication, computation and migration together; and J. Lee et al.,
/// "QoS-aware service migration in edge cloud networks", IEEE ICCE-Asia 2018 ([23]), which picks the target of a migration by migration cost,
/// network cost and load, and moves so as to keep a required latency.
/// </para>
/// <para>
/// <b>Reading.</b> What the two have in common is kept: quality of service is a promise to be kept and no quantity to be maximised, and a
/// migration has a price beside the latency that it buys. The quality is the paper's deadline, (11b): the serving server s is good while
/// </para>
/// <code>T̂_s ≤ (1 − margin) γ</code>
/// <para>
/// for this slot's task; margin is <c>policy.qos-margin</c>, for a prediction is no promise. While it is good, the device stays, however
/// fast another server may be. When it is not, the device takes the candidate of least
/// </para>
/// <code>v T̂_k + w 𝒞 [k ≠ s]</code>
/// <para>
/// the addend of (13) with a fixed weight w, <c>policy.migration-weight</c>, in place of the deficit queue. The serving server is among
/// the candidates: where nothing is better by w 𝒞 / v seconds (5 ms by default), a broken promise is no reason to leave.
/// </para>
/// <para>
/// <b>Against ping-pong</b> there are two thresholds, and so no memory is needed: to leave, the promise must be broken; to arrive, another
/// server must be faster by more than the price. A device that went from A to B comes back only when B has broken its promise and A is
/// faster than B by the price, so a small see-saw between two servers moves nobody.
/// </para>
/// <para>
/// <b>What was left out.</b> [22] switches whole servers and transmission powers, which are given here; [23] solves a Markov decision
/// process over users and servers, which a device that sees N candidates cannot. Neither has a long-term budget, so β plays no part:
/// the policy migrates as often as deadlines demand. Where nothing serves, because the server was lost or the journey has just begun, all
/// candidates cost the same migration and the fastest is taken. Ties go to the nearer candidate. Nothing is solved or drawn in advance.
/// </para>
/// </remarks>
/// <param name="margin">Fraction of the deadline that a prediction must leave free, [0, 1).</param>
/// <param name="v">Weight of latency, per second.</param>
/// <param name="price">w 𝒞, what a migration costs; not negative.</param>
internal sealed class CostQos(double margin, double v, double price) : IOffloadingPolicy
{
    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var predicted = batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]);
            var serving = batch.Free[row] ? -1 : batch.ServingIndices[row];
            choices[row] = serving >= 0 && predicted[serving] <= (1 - margin) * batch.DeadlineSeconds[row]
                ? serving
                : Cheapest(predicted, serving);
        }
    }

    private int Cheapest(ReadOnlySpan<double> predicted, int serving)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var k = 0; k < predicted.Length; k++)
        {
            var cost = v * predicted[k] + (k == serving ? 0 : price);
            if (cost < least)
                (best, least) = (k, cost);
        }

        return best;
    }
}
