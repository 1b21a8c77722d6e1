using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>Migrates to the nearest server when the serving one is farther than a threshold, which value iteration finds.</summary>
/// <remarks>
/// <para>
/// <b>Source.</b> S. Wang, R. Urgaonkar, M. Zafer, T. He, K. Chan, K. K. Leung, "Dynamic service migration in mobile edge computing based on
/// Markov decision process", IEEE/ACM Transactions on Networking 27(3), 2019 ([12] of the paper). It takes the distance between user and
/// service as the whole state of a Markov decision process, exact for uniform one-dimensional mobility and close for two dimensions, and
/// weighs what a migration costs once against what the distance costs in every slot.
/// </para>
/// <para>
/// <b>State.</b> x, the distance from device to serving server in spacings of servers, on a grid of 1/32 (or 64 points in all, where there
/// are very many candidates). The device has N candidates; they fill a circle of N servers' area, so beyond √(N/π) spacings the server is
/// lost and must be left.
/// </para>
/// <para>
/// <b>Movement.</b> [12] walks at random from cell to neighbouring cell. So here: in a slot a device hops with probability q, one spacing
/// long, in a direction drawn uniformly; from x it lands at √(x² + 1 + 2 x cos θ). q is the rate at which a straight line at the scenario's
/// speed leaves square cells, q = 4 s / (π a) for s metres a slot and spacing a (where that exceeds 1, the hop is longer instead). A walk of
/// short steps, s metres each, would be slower by far than the devices of any mobility model here: they keep their heading for many slots.
/// </para>
/// <para>
/// <b>Cost.</b> v ψ x a slot, eq. (7) weighted as in (13), plus a weight w 𝒞 (and v times its outage, where the scenario has one) for a
/// migration, after which the device is at the mean distance of a nearest server, 0.38 spacings. Costs are discounted by 0.95 a slot.
/// Value iteration (<see cref="MigrationProcess"/>) gives the least cost; staying is better up to a threshold of x, and migrating beyond.
/// </para>
/// <para>
/// <b>β.</b> [12] has no budget. Its place is taken by the weight: w is <c>policy.migration-weight</c>, or more where the policy would
/// migrate more often than β per slot in the long run; then it is raised, by bisection, to the least with which the chain's stationary rate
/// is within β. That is the Lagrange multiplier of P1's constraint (11a) in this model. Where lost servers alone force more than β, nothing
/// is migrated that need not be. The chain is a model, and forgets the heading at each hop: real journeys lose their server sooner than it
/// thinks, so their rates come out above the model's; docs/policies.md has some.
/// </para>
/// <para>
/// <b>What to expect.</b> The policy sees neither load nor capacity, as [12] in its plain form; so it finds what nearest-first finds of
/// latency, with fewer migrations. [12] also has non-linear costs and moves to any distance; here latency is linear in distance and the
/// nearest server is never worse than others at the same price. In the first slot of a journey, and where the server was lost, it takes
/// the nearest.
/// </para>
/// </remarks>
internal sealed class DistanceMdp : IOffloadingPolicy
{
    private const double Discount = 0.95;
    private const int Directions = 64;

    /// <summary>Mean distance from a point of a square of side 1 to its centre, (√2 + asinh 1) / 6.</summary>
    private const double HomeSpacings = 0.38259785823210635;

    private DistanceMdp(double weight, double rate, double thresholdMetres) =>
        (Weight, Rate, ThresholdMetres) = (weight, rate, thresholdMetres);

    /// <summary>What a migration was weighed with, w 𝒞 and v times its outage; at least what the scenario says.</summary>
    public double Weight { get; }

    /// <summary>Migrations per slot that the model expects.</summary>
    public double Rate { get; }

    /// <summary>Distance of the serving server beyond which the device migrates, metres; +∞ where it does so only when it must.</summary>
    public double ThresholdMetres { get; }

    /// <summary>Solves the process of a scenario's speed, spacing, latencies and budget.</summary>
    public static DistanceMdp Solve(Surroundings around)
    {
        var (scenario, objective) = (around.Scenario, around.Scenario.Objective);
        // Where all servers are candidates, none is ever lost: as far as the diagonal of a square of them.
        var reach = around.Candidates < around.Servers ? Math.Sqrt(around.Candidates / Math.PI) : Math.Sqrt(2.0 * around.Servers);
        reach = Math.Max(reach, HomeSpacings + 1.0 / 32);
        var width = Math.Max(1.0 / 32, reach / 64);
        var process = Process(
            reach, width, around.CellsPerSlot, costPerSpacing: objective.V * around.Backhaul.SecondsPerMetre * around.SpacingMetres);
        var weight = process.WeightWithin(
            objective.Beta, scenario.Policy.MigrationWeight * objective.MigrationCost + objective.V * around.Backhaul.OutageSeconds);
        var threshold = process.Threshold(weight);
        return new DistanceMdp(weight, process.Rate(threshold), threshold * width * around.SpacingMetres);
    }

    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var serving = batch.Free[row] ? -1 : batch.ServingIndices[row];
            choices[row] = serving >= 0 && batch.DistanceMetres[row * batch.Candidates + serving] <= ThresholdMetres ? serving : 0;
        }
    }

    /// <summary>The process on a grid of distances 0, width, …, up to the reach, and one state for all beyond.</summary>
    /// <param name="cellsPerSlot">Mean number of hops a slot.</param>
    internal static MigrationProcess Process(double reach, double width, double cellsPerSlot, double costPerSpacing)
    {
        var lost = (int)(reach / width) + 1;
        var (cost, hop) = (new double[lost + 1], new double[lost + 1][]);
        for (var x = 0; x <= lost; x++)
        {
            cost[x] = x == lost ? double.PositiveInfinity : costPerSpacing * x * width;
            hop[x] = Hops(x * width, length: Math.Max(cellsPerSlot, 1), width, lost);
        }

        return new MigrationProcess(cost, hop, Math.Min(cellsPerSlot, 1), (int)Math.Round(HomeSpacings / width), Discount);
    }

    /// <summary>Where a hop of this length leads from x, in any direction alike; between two points of the grid, to each in part.</summary>
    private static double[] Hops(double x, double length, double width, int lost)
    {
        var row = new double[lost + 1];
        for (var i = 0; i < Directions; i++)
        {
            var cosine = Math.Cos(Math.PI * (i + 0.5) / Directions);
            var at = Math.Sqrt(Math.Max(x * x + length * length + 2 * x * length * cosine, 0)) / width;
            if (at >= lost)
            {
                row[lost] += 1.0 / Directions;
                continue;
            }

            var part = at - (int)at;
            row[(int)at] += (1 - part) / Directions;
            row[(int)at + 1] += part / Directions;
        }

        return row;
    }
}
