using Diten.Actors;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;

namespace Diten.Node.Commands;

/// <summary>Which exceptions are answers to the user, and not bugs of the program.</summary>
internal static class Failures
{
    /// <summary>The exit code and one line a mistake; code 0 for an exception that nobody foresaw.</summary>
    public static (int Code, IReadOnlyList<string> Lines) Describe(Exception exception) => exception switch
    {
        ScenarioException scenario => (ExitCode.BadInput, scenario.Lines),
        UserErrorException => (ExitCode.BadInput, exception.Message.Split('\n')),
        InputFileException => (ExitCode.BadInput, [exception.Message]),
        EmulationFailedException => (ExitCode.Failed, ["the run failed: " + exception.Message]),
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException => (ExitCode.BadInput, [exception.Message]),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, [exception.Message]),
        _ => (0, []),
    };
}
