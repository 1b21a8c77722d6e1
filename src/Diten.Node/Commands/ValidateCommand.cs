using System.CommandLine;
using Diten.Model.EdgeServers;
using Diten.Model.Mobility;
using Diten.Model.Space;
using Diten.Node.Progress;

namespace Diten.Node.Commands;

/// <summary><c>diten validate</c>: checks scenarios and the data that they name, without running them.</summary>
internal static class ValidateCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "validate", "Check scenarios and the files they name, without running them.",
            "Says how many rows of sites and traces are read, kept and dropped, and why. Exit code 2 where a scenario is wrong.",
            ("validate scenarios/*.conf", "all scenarios that come with Diten"),
            ("validate my.conf --set stations.topology=hexagonal", "a change, before it is run"));
        var scenarios = new Argument<string[]>("scenario")
        {
            HelpName = "SCENARIO",
            Description = "Scenario files",
            Arity = ArgumentArity.OneOrMore,
        };
        var (set, seed) = (Inputs.Set(), Inputs.Seed());
        command.Add(scenarios);
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
                    session.Terminal.Out.WriteLine($"{file}: valid");
                    foreach (var line in Describe(input))
                        session.Terminal.Out.WriteLine("  " + line);
                }
                catch (Exception exception) when (Failures.Describe(exception) is (ExitCode.BadInput, var lines))
                {
                    wrong++;
                    foreach (var line in lines)
                        session.Terminal.Complain(line);
                }
            }

            return Task.FromResult(wrong == 0 ? ExitCode.Ok : ExitCode.BadInput);
        });
        return command;
    }

    private static IEnumerable<string> Describe(ScenarioInput input)
    {
        var scenario = input.Scenario;
        var places = Topologies.Create(scenario);
        var topology = places.Topology;
        var zones = ZoneMap.Create(topology, scenario.Zones);
        yield return FormattableString.Invariant(
            $"{places.Stations} stations, {places.Servers} servers, {zones.Count} zones, area {topology.Area.Width / 1e3:F2} km × {topology.Area.Height / 1e3:F2} km, {places.DensityPerSquareMetre * 1e6:F1} stations/km²");
        yield return FormattableString.Invariant(
            $"{scenario.Devices.Count} devices × {scenario.Slots} slots = {(long)scenario.Devices.Count * scenario.Slots} device-slots, policy {input.PolicyName}, seed {scenario.Seed}");
        if (places.Sites is { } sites)
        {
            yield return FormattableString.Invariant(
                $"{sites.File}: {sites.RowsRead} rows read, {sites.Kept} kept, {sites.RowsRead - sites.Kept} dropped ({sites.Duplicates} duplicates, {sites.Unreadable} unreadable, {sites.OutOfRange} out of range)");
        }

        foreach (var line in Mobilities.Create(scenario, topology).Traces?.Lines ?? [])
            yield return line;
        // Throws where a trace of background load cannot be used.
        BackgroundLoads.Create(scenario);
    }
}
