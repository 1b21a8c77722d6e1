using Diten.Model.Offloading;
using FsCheck;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Offloading;

/// <summary>What holds for the deficit queue (12) along every journey.</summary>
public sealed class DeficitQueueProperties
{
    [Property]
    public void The_queue_is_never_negative_and_bounds_what_was_spent_beyond_the_budget(bool[] migrations, byte percent, PositiveInt tenths)
    {
        var (beta, cost) = (percent / 100.0, tenths.Get / 10.0);
        var (queue, spent) = (0.0, 0.0);
        for (var slot = 1; slot <= migrations.Length; slot++)
        {
            var before = queue;
            var now = migrations[slot - 1] ? cost : 0;
            queue = DeficitQueue.Next(queue, now, beta, cost);
            spent += now;

            Assert.InRange(queue, 0, before + now);
            Assert.True(spent <= beta * cost * slot + queue + 1e-9 * spent, "Σ C ≤ β𝒞t + Q(t + 1): an empty queue means that the budget was kept");
            Assert.InRange(queue, 0, spent);
        }
    }

    [Property]
    public void A_queue_that_is_longer_stays_longer(NonNegativeInt a, NonNegativeInt b, bool migrates, byte percent)
    {
        var (shorter, longer) = (Math.Min(a.Get, b.Get) / 10.0, Math.Max(a.Get, b.Get) / 10.0);
        double Next(double queue) => DeficitQueue.Next(queue, migrates ? 1 : 0, percent / 100.0, 1);

        Assert.InRange(Next(longer) - Next(shorter), 0, longer - shorter + 1e-9 * longer);
    }
}
