using System.CommandLine;
using System.CommandLine.Parsing;
using Diten.Model.Input;

namespace Diten.Node.Commands;

/// <summary>Says what is wrong with a command line, so that a reader knows what to write instead.</summary>
internal static class UsageErrors
{
    /// <summary>A line a mistake; at least one.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // What follows an unknown option is its value, and no mistake of its own.
        string[] unknown = [.. parsed.UnmatchedTokens.Where((token, i) =>
            token.StartsWith('-') || i == 0 || !parsed.UnmatchedTokens[i - 1].StartsWith('-'))];
        if (command is RootCommand && unknown.Length > 0)
            return [Unknown(unknown[0], "command", command.Subcommands.Select(sub => sub.Name))];
        return parsed.Errors
            .Where(error => !parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Select(error => WrongType(error) ?? error.Message)
            .Concat(unknown.Select(token => token.StartsWith('-')
                ? Unknown(token, "option", command.Options.Select(option => option.Name))
                : $"'{token}' is one argument too many."))
            .Distinct();
    }

    private static string Unknown(string token, string what, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return $"{token}: found an unknown {what}; allowed: {string.Join(", ", names)}. {Suggestion.For(token, names)}".TrimEnd();
    }

    /// <summary>For a value that is not of the type of its option or argument; else null.</summary>
    private static string? WrongType(ParseError error)
    {
        if (!error.Message.StartsWith("Cannot parse", StringComparison.Ordinal))
            return null;
        return error.SymbolResult switch
        {
            OptionResult { Tokens: [var token], Option: var option } => WrongType(option.Name, option.ValueType, token),
            ArgumentResult { Tokens: [var token], Argument: var argument } => WrongType(argument.HelpName ?? argument.Name, argument.ValueType, token),
            _ => null,
        };
    }

    private static string WrongType(string name, Type type, Token token)
    {
        var most = (Nullable.GetUnderlyingType(type) ?? type) == typeof(ulong) ? ulong.MaxValue : int.MaxValue;
        return FormattableString.Invariant($"{name}: found '{token.Value}'; allowed: a whole number up to {most}.");
    }
}
