using System.CommandLine;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Results;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten validate</c>: checks scenarios and the data that they name, without running them.</summary>
internal static class ValidateCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "validate", "Check scenarios and the files they name, without running them.",
            """
            Says how many rows of sites and traces are read, kept and dropped, and why; how fast devices on recorded journeys will move; what is
            assumed of data; about how much memory a run takes; and warns of keys that are set and have no effect. Exit code 2 where a scenario is wrong, or too large for this machine.
            """,
            ("validate scenarios/paper.conf scenarios/quickstart.conf", "several at once"),
            ("validate scenarios/real-sites-and-traces.conf --set stations.sites-file=sites.csv --set devices.mobility.traces=taxis/", "what is in these data?"),
            ("validate my.conf --set stations.topology=hexagonal", "a change, before it is run"));
        var scenarios = new Argument<string[]>("scenario")
        {
            HelpName = "SCENARIO",
            Description = "Scenario files",
            Arity = ArgumentArity.OneOrMore,
        };
        var (set, seed, force) = (Inputs.Set(), Inputs.Seed(), Inputs.Force());
        command.Add(scenarios);
        command.Add(force);
        command.Add(set);
        command.Add(seed);
        session.Act(command, (parsed, _) =>
        {
            var wrong = 0;
            foreach (var file in parsed.GetRequiredValue(scenarios))
            {
                try
                {
                    var input = ScenarioInput.Load(file, parsed.GetValue(set)!, parsed.GetValue(seed));
                    RunSize.Of(input.Scenario, 0).Demand(input.Name, parsed.GetValue(force));
                    string[] lines = [.. Describe(input, input.Ready(0, parsed.GetValue(force)))];
                    session.Terminal.Out.WriteLine($"{file}: valid");
                    foreach (var line in lines.Concat(input.Warnings.Select(warning => warning.ToString())))
                        session.Terminal.Out.WriteLine("  " + line);
                }
                catch (Exception exception) when (Failures.Describe(exception) is (ExitCode.BadInput, var lines))
                {
                    wrong++;
                    session.Terminal.Out.WriteLine($"{file}: not valid");
                    foreach (var line in lines)
                        session.Terminal.Complain(line);
                }
            }

            return Task.FromResult(wrong == 0 ? ExitCode.Ok : ExitCode.BadInput);
        });
        return command;
    }

    private static IEnumerable<string> Describe(ScenarioInput input, World world)
    {
        var scenario = input.Scenario;
        var (places, topology) = (world.TopologyReport, world.Topology);
        var zones = ZoneMap.Create(topology, scenario.Zones);
        yield return FormattableString.Invariant(
            $"{places.Stations} stations, {places.Servers} servers, {zones.Count} zones, area {topology.Area.Width / 1e3:F2} km × {topology.Area.Height / 1e3:F2} km, {places.DensityPerSquareMetre * 1e6:F1} stations/km²");
        yield return FormattableString.Invariant(
            $"{scenario.Devices.Count} devices × {scenario.Slots} slots = {(long)scenario.Devices.Count * scenario.Slots} device-slots, policy {input.PolicyName}, seed {scenario.Seed}");
        yield return FormattableString.Invariant(
            $"a run takes at least {RunSize.Of(scenario, 0).Bytes / 1e9:F1} GB of memory; {RunSize.AvailableBytes() / 1e9:F1} GB are free here");
        foreach (var line in InputReport.Lines(world))
            yield return line;
    }
}
