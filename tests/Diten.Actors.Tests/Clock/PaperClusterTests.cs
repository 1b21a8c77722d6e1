namespace Diten.Actors.Tests.Clock;

/// <summary>Whatever is lost, repeated or held back, and whoever dies: a run ends, with the digest that it has undisturbed.</summary>
public sealed class PaperClusterTests
{
    private static readonly PaperCity City = new(slots: 23);

    [Theory]
    [InlineData(0, 0, 40)]
    [InlineData(0.1, 0, 100)]
    [InlineData(0.4, 0, 100)]
    [InlineData(0, 4, 200)]
    [InlineData(0.2, 3, 600)]
    [InlineData(0.1, 10, 600)]
    public void A_run_ends_and_gives_the_same_digest(double loss, int deeds, int seeds)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var cluster = new PaperCluster(seed, City, loss, nodes: 1 + seed % 3);

            var end = cluster.Run(deeds);

            if (end is not RunEnded ended || !ended.Outcome.Digest.SequenceEqual(City.Digest))
                Assert.Fail($"Seed {seed}, loss {loss}, deeds {deeds}: {end ?? "no end"}.{Environment.NewLine}{cluster.Story}");
        }
    }
}
