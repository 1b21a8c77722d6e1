using Akka.Actor;
using Diten.Actors;
using Diten.Learning;

namespace Diten.Node.Hosting;

/// <summary>How a node makes the learner of a training run. Only then is the training library loaded.</summary>
internal static class LearnerRecipe
{
    public static Props Of(ZoneStart start)
    {
        var world = start.Plan.World;
        return Props.Create(() => new LearnerActor(start, () => new Trainer(world.Scenario, world.Topology)));
    }
}
