using System.CommandLine;
using Diten.Runs.Experiments.Cells;

namespace Diten.Node.Commands;

/// <summary>Options of all commands that run many worlds.</summary>
/// <param name="seeds">Runs of each case where nobody says.</param>
/// <param name="folder">The usual output folder.</param>
internal sealed class ExperimentOptions(int seeds, string folder)
{
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<int> _seeds = Inputs.Seeds(seeds);
    private readonly Option<int> _parallel = Inputs.Parallel();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<string?> _output = Inputs.Out(folder);
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();

    /// <summary>In the order in which they are shown.</summary>
    public Option[] All => [_seeds, _set, _seed, _output, _parallel, _threads, _quiet, _force];

    /// <summary>What the user said.</summary>
    public ExperimentSettings Of(ParseResult parsed, string scenario) => new()
    {
        Scenario = scenario,
        Set = [.. parsed.GetValue(_set)!.Select(text => Change.Parse(text, "--set"))],
        Seed = parsed.GetValue(_seed),
        Seeds = parsed.GetValue(_seeds),
        Folder = parsed.GetValue(_output),
        Parallel = parsed.GetValue(_parallel),
        Threads = parsed.GetValue(_threads),
        Force = parsed.GetValue(_force),
        Quiet = parsed.GetValue(_quiet),
    };
}
