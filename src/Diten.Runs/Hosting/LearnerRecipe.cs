using Akka.Actor;
using Diten.Actors;
using Diten.Learning;
using Diten.Model.Worlds;

namespace Diten.Runs.Hosting;

/// <summary>How a node makes the learner of a training run. Only then is the training library loaded.</summary>
public static class LearnerRecipe
{
    public static Props Of(ZoneStart start) => Of(start, _ => { });

    /// <param name="made">Is told of the trainer that it makes, to ask it later how long training took.</param>
    public static Props Of(ZoneStart start, Action<Trainer> made)
    {
        var world = start.Plan.World;
        return Props.Create(() => new LearnerActor(start, () => Made(world, made)));
    }

    private static Trainer Made(World world, Action<Trainer> made)
    {
        var trainer = new Trainer(world.Scenario, world.Topology);
        made(trainer);
        return trainer;
    }
}
