namespace Diten.Emulation.Tests.Clusters;

/// <summary>Tests that start many processes run one after the other, when all others are done: they need the processors for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "one at a time";
}
