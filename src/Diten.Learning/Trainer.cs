using Diten.Model.Learning;
using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>Trains a policy from episodes, version by version, as a scenario says.</summary>
public sealed class Trainer(Scenario scenario) : IDisposable
{
    private readonly PolicyNetwork _network = new(new NetworkSettings { Candidates = scenario.Decisions.Candidates }, scenario.Seed);

    public PolicyWeights Weights => _network.ToWeights();

    public LearningReport Train(TrainVersion due) => new(
        due.Version, due.Slots, [.. due.Episodes.Select(e => e.Rewards.Sum())], (due.Episodes.Sum(e => e.Length), due.Episodes.Sum(e => e.Length)), 0, 0, 0, 0, 0, 0, 0, null);

    public byte[] Save() => [];

    public void Load(byte[] saved)
    {
    }

    public void Dispose() => _network.Dispose();
}
