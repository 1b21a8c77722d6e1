using System.CommandLine;
using Diten.Node.Benchmarks;

namespace Diten.Node.Commands;

/// <summary><c>diten bench</c>: how fast Diten is on this machine, held against the least that actors can cost.</summary>
internal static class BenchCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "bench", "Measure how fast Diten is on this machine.",
            "",
            ("bench", "everything"),
            ("bench --only product --devices 20000", "one measurement, in this process"));
        var only = new Option<BenchSubject?>("--only") { Description = "Measure one subject, in this process" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var devices = Number("--devices", "n", "Mobile devices", 100_000);
        var slots = Number("--slots", "n", "Slots that are measured", 20);
        var warmUp = Number("--warm-up", "n", "Slots before those that are measured", 5);
        var rounds = Number("--rounds", "n", "Decision rounds", 1);
        var channels = Inputs.NotNegative(new Option<int>("--channels") { HelpName = "n", Description = "Radio channels; 0 = no interference" });
        var threads = Inputs.Threads();
        foreach (var option in new Option[] { only, json, devices, slots, warmUp, rounds, channels, threads })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var workload = new BenchWorkload(
                parsed.GetValue(devices), parsed.GetValue(slots), parsed.GetValue(warmUp), parsed.GetValue(rounds), parsed.GetValue(channels),
                parsed.GetValue(threads));
            var sample = await BenchRunner.RunHereAsync(session, parsed.GetValue(only)!.Value, workload, cancel);
            session.Terminal.Out.WriteLine(BenchRunner.ToJson(sample));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<int> Number(string name, string unit, string description, int usual) => Inputs.Positive(new Option<int>(name)
    {
        HelpName = unit,
        Description = description,
        DefaultValueFactory = _ => usual,
    });
}
