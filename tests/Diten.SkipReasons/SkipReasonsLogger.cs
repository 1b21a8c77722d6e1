using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace Diten.SkipReasons;

/// <summary>Tells at the end of <c>dotnet test</c> why tests were skipped, each reason once: the console's own logger names tests, and no reason.</summary>
[FriendlyName("skip-reasons")]
[ExtensionUri("logger://diten/skip-reasons")]
public sealed class SkipReasonsLogger : ITestLogger
{
    private readonly SortedDictionary<string, List<string>> _skipped = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        events.TestResult += (_, test) => Take(test.Result);
        events.TestRunComplete += (_, _) => Tell();
    }

    private void Take(TestResult result)
    {
        if (result.Outcome != TestOutcome.Skipped)
            return;
        var reason = result.ErrorMessage ?? result.Messages.FirstOrDefault()?.Text ?? "no reason given";
        if (!_skipped.TryGetValue(reason.Trim(), out var tests))
            _skipped[reason.Trim()] = tests = [];
        tests.Add(result.TestCase.DisplayName);
    }

    private void Tell()
    {
        foreach (var (reason, tests) in _skipped)
            Console.WriteLine($"Skipped {tests.Count}, because: {reason} ({tests[0]}{(tests.Count > 1 ? ", …" : "")})");
    }
}
