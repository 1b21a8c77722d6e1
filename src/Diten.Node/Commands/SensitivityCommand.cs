using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Sensitivity;

namespace Diten.Node.Commands;

/// <summary><c>diten sensitivity</c>: the paper's claims in every reading that the model had to choose.</summary>
internal sealed class SensitivityCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Option<bool> _quick = new("--quick") { Description = "Few worlds, small and short ones, and one alternative a reading" };
    private readonly Option<string?> _page = new("--page") { HelpName = "FILE.md", Description = "The page to write, with its figures beside it [default: sensitivity.md in the output folder]" };
    private readonly ExperimentOptions _options = new("runs/sensitivity", seeds: null, set: false); // what is changed is the page's subject

    public SensitivityCommand(Session session)
        : base(
            "sensitivity", "Hold the paper's claims against every reading that the model had to choose.",
            """
            The paper leaves things open: units, path loss, channels, how tasks share a server, and more. This changes one choice at a time, and two at
            a time of the five that matter most, and writes a page: which claims stand in every reading, which rest on one, a tornado chart a claim,
            and what the paper says, what Diten takes and why. Finished runs are kept in the output folder: the same command goes on where it was stopped.
            """,
            ("sensitivity --quick", "shows that it works"),
            ("sensitivity --page sensitivity.md", "the whole, and its page"))
    {
        _session = session;
        Add([_quick, _page, .. _options.All]);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        ExperimentPage.Require(parsed.GetValue(_page));
        var quick = parsed.GetValue(_quick);
        var result = await new SensitivityRun(_session, _options.Of(parsed, scenario: ""), quick).RunAsync(cancel);
        var page = parsed.GetValue(_page) ?? Path.Combine(result.Folder, "sensitivity.md");
        SensitivityPage.Write(page, result, $"diten sensitivity{(quick ? " --quick" : "")} --page {page}");
        _session.Terminal.Out.WriteLine($"Page: {page}");
        return ExitCode.Ok;
    }
}
