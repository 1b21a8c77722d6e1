using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Node.Commands;

/// <summary>Arguments and options that several commands share; each command makes its own.</summary>
internal static class Inputs
{
    public static Argument<string> ScenarioFile() => new("scenario")
    {
        HelpName = "SCENARIO",
        Description = "A scenario file, e.g. scenarios/quickstart.conf",
    };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "key=value",
        Description = "Change a key of the scenario; may be given again and again. Keys: diten scenarios",
        DefaultValueFactory = _ => [],
    };

    public static Option<ulong?> Seed() => new("--seed") { HelpName = "n", Description = "Seed of all random draws [default: the scenario's]" };

    public static Option<int> Seeds(int usual, int least = 1) => Within(new Option<int>("--seeds")
    {
        HelpName = "n",
        Description = "Runs of each case, with seeds s, s + 1, …, s + n − 1, s being the scenario's seed",
        DefaultValueFactory = _ => usual,
    }, least, MostSeeds);

    private const int MostSeeds = 100_000;

    public static Option<int> Threads() => Within(new Option<int>("--threads")
    {
        HelpName = "n",
        Description = "Threads that the actors run on; never changes a result [default: one a core]",
    }, 0, MostThreads);

    private const int MostThreads = 1024;

    public static Option<int> Parallel() => Within(new Option<int>("--parallel")
    {
        HelpName = "n",
        Description = "Runs side by side; never changes a result [default: one a core, as memory allows]",
    }, 0, MostThreads);

    public static Option<bool> Force() => new("--force") { Description = "Run also what needs more memory or processes than this machine has room for" };

    public static Option<string?> Out(string usual) => new("--out") { HelpName = "DIR", Description = $"Folder to write to [default: {usual}]" };

    public static Option<string?> Config() => new("--config")
    {
        HelpName = "FILE",
        Description = "Settings of the node, e.g. hocon/secure.conf; hocon/cluster.conf explains every key",
    };

    public static Option<string?> Journal(string usual) => new("--journal")
    {
        HelpName = "PLACE",
        Description = "Where journal and checkpoints are kept: sqlite:FILE, or a PostgreSQL connection string; also from DITEN_JOURNAL, which no list of "
            + $"processes shows [default: {usual}]",
    };

    public static Option<string?> Join() => new("--join")
    {
        HelpName = "HOST:PORT",
        Description = "Run on the cluster that this node belongs to",
    };

    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress" };

    public static Option<bool> QuietWithTable() => new("--quiet") { Description = "No progress and no table: only the folder's name" };

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace an earlier run in the output folder" };

    /// <param name="file">What is printed.</param>
    public static Option<bool> Json(string file) => new("--json") { Description = $"Print {file}, and nothing else, to standard output" };

    /// <summary>Processes that each world of many is run on.</summary>
    public static Option<int> NodesOfWorlds() => NotNegative(new Option<int>("--nodes")
    {
        HelpName = "n",
        Description = "Run each world on so many processes of this machine, one after another; 0 = side by side in this process [default: 0]",
    });

    /// <summary>From which checkpoint to go on.</summary>
    public static Option<int?> From(string description) => NotNegative(new Option<int?>("--from") { HelpName = "SLOT", Description = description });

    public static Option<int> Positive(Option<int> option) => AtLeast(option, 1);

    public static Option<int> NotNegative(Option<int> option) => AtLeast(option, 0);

    public static Option<int?> NotNegative(Option<int?> option) => AtLeast(option, 0);

    private static TOption AtLeast<TOption>(TOption option, int least)
        where TOption : Option => Within(option, least, int.MaxValue);

    /// <summary>Refuses numbers that are too small or too large.</summary>
    public static TOption Within<TOption>(TOption option, int least, int most)
        where TOption : Option
    {
        var allowed = most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
                result.AddError($"{option.Name}: found {value}; allowed: a whole number {allowed}.");
        });
        return option;
    }
}
