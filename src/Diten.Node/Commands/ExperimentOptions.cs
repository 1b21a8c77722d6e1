using System.CommandLine;
using Diten.Runs.Experiments.Cells;

namespace Diten.Node.Commands;

/// <summary>Options of all commands that run many worlds.</summary>
/// <param name="folder">The usual output folder.</param>
/// <param name="seeds">Runs of each case where nobody says; null = which seeds are run is not the command line's to say.</param>
/// <param name="set">Whether scenarios can be changed.</param>
internal sealed class ExperimentOptions(string folder, int? seeds, bool set = true)
{
    private readonly Option<string[]>? _set = set ? Inputs.Set() : null;
    private readonly Option<ulong?>? _seed = seeds is null ? null : Inputs.Seed();
    private readonly Option<int>? _seeds = seeds is { } usual ? Inputs.Seeds(usual) : null;
    private readonly Option<int> _parallel = Inputs.Parallel();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<string?> _output = Inputs.Out(folder);
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();

    /// <summary>In the order in which they are shown.</summary>
    public IEnumerable<Option> All => new Option?[] { _seeds, _set, _seed, _output, _parallel, _threads, _quiet, _force }.OfType<Option>();

    /// <summary>What <c>--set</c> was given, as it was written.</summary>
    public IReadOnlyList<string> Changes(ParseResult parsed) => _set is null ? [] : parsed.GetValue(_set)!;

    /// <summary>What the user said.</summary>
    /// <param name="scenario">A scenario file; empty where an experiment's file names it.</param>
    public ExperimentSettings Of(ParseResult parsed, string scenario) => new()
    {
        Scenario = scenario,
        Set = [.. Changes(parsed).Select(text => Change.Parse(text, "--set"))],
        Seed = _seed is null ? null : parsed.GetValue(_seed),
        Seeds = _seeds is null ? 1 : parsed.GetValue(_seeds),
        Folder = parsed.GetValue(_output),
        Parallel = parsed.GetValue(_parallel),
        Threads = parsed.GetValue(_threads),
        Force = parsed.GetValue(_force),
        Quiet = parsed.GetValue(_quiet),
    };
}
