using System.Globalization;
using System.Text.Json.Serialization;
using Diten.Model.Faults;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>What is measured: how many devices for how many slots, and which parts of the model are on.</summary>
/// <param name="WarmUpSlots">Slots before the measured ones.</param>
/// <param name="Rounds">Decision rounds.</param>
/// <param name="Channels">Radio channels; 0 = no interference.</param>
/// <param name="Threads">Threads that actors run on; 0 = one a core.</param>
/// <param name="Nodes">Processes of a cluster that the product runs on, besides the one that measures; 0 = in that one.</param>
/// <param name="CheckpointEvery">Slots between two checkpoints, with the twins' journal, on SQLite; 0 = neither.</param>
/// <param name="DealZones">Whether zones are dealt out to the nodes in turn, wherever they are.</param>
/// <param name="Learned">Whether a set network decides, 11 → 32 → 32 → 1, made to decide like drift-plus-penalty; else that policy itself.</param>
/// <param name="Faults">Whether syncs are lost on purpose, 30 of 100, and the regret of every decision is measured.</param>
public sealed record BenchWorkload(int Devices, int Slots, int WarmUpSlots, int Rounds = 1, int Channels = 0, int Threads = 0,
    int Nodes = 0, int CheckpointEvery = 0, bool DealZones = false, bool Learned = false, bool Faults = false)
{
    public const int Candidates = 5;

    /// <summary>What learning is measured on, where nobody says otherwise: the paper's world for ten versions of a policy.</summary>
    public static BenchWorkload Training { get; } = new(
        new Scenario().Devices.Count, Slots: 8 * new LearningSection().PeriodSlots, WarmUpSlots: 2 * new LearningSection().PeriodSlots,
        new Scenario().Decisions.Rounds, new Scenario().Radio.Channels);

    [JsonIgnore]
    public int AllSlots => WarmUpSlots + Slots;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Devices:N0} devices, {Rounds} rounds, {Channels} channels, {Nodes} nodes, checkpoint every {CheckpointEvery}{(DealZones ? ", zones dealt out" : "")}{(Learned ? ", learned" : "")}{(Faults ? ", faults" : "")}");

    /// <summary>
    /// The paper's city of 1,024 stations with more devices. Tasks shrink as devices grow, as in <c>city-100k.conf</c>: what a server does in
    /// a slot, and so how many tasks are late, stays about the same.
    /// </summary>
    public World World() => Model.Worlds.World.Create(Scenario(), Learned ? UntrainedPolicy.SetLikeDriftPlusPenalty(seed: 1) : null);

    /// <inheritdoc cref="World"/>
    public Scenario Scenario()
    {
        var usual = new Scenario();
        var share = 1000.0 / Devices;
        return usual with
        {
            Slots = AllSlots,
            Devices = usual.Devices with { Count = Devices },
            Radio = usual.Radio with { Channels = Channels },
            Tasks = usual.Tasks with
            {
                DataBits = new(usual.Tasks.DataBits.Low * share, usual.Tasks.DataBits.High * share),
            },
            Twins = usual.Twins with { DeviationSource = DeviationSource.Emergent },
            Decisions = usual.Decisions with { Candidates = Candidates, Rounds = Rounds },
            Faults = Faults ? new FaultMap([new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.3 }]) : FaultMap.Empty,
            Policy = new PolicySection { Name = Learned ? "learned" : "drift-plus-penalty" },
        };
    }
}
