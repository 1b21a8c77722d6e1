using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Comparisons;

namespace Diten.Runs.Experiments;

/// <summary>Computes what would have been possible at best in the cells that want it.</summary>
internal sealed class CellBounds : ICellObserver
{
    /// <inheritdoc/>
    public ICellWatch? Begin(Cell cell, World world) => cell.WithBounds ? new Watch(new BoundsCollector(world, BoundsCollector.CanBalance(world))) : null;

    private sealed class Watch(BoundsCollector collector) : ICellWatch
    {
        public void SlotCompleted(SlotReport report) => collector.SlotCompleted(report);

        public IReadOnlyDictionary<string, double>? End()
        {
            var bounds = collector.Compute();
            return new Dictionary<string, double>
            {
                [BoundMetric.AtOwnMigrations.Name] = bounds.AtOwnMigrations,
                [BoundMetric.AtBudget.Name] = bounds.AtBudget,
                [BoundMetric.BalanceLower.Name] = bounds.BalanceLower,
                [BoundMetric.BalanceReachable.Name] = bounds.BalanceUpper,
            };
        }
    }
}
