using System.CommandLine;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Scenarios;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten scenarios</c>: the keys of a scenario, and the scenario files that come with Diten.</summary>
internal sealed class ScenariosCommand : DocumentedCommand
{
    private readonly Terminal _terminal;
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print all keys as Markdown, without the files" };

    private readonly Argument<string[]> _filter = new("filter")
    {
        HelpName = "FILTER | faults [KIND]",
        Description = "Only keys that have this in their name, default, allowed values or meaning; or all kinds of faults, or one of them",
        Arity = new ArgumentArity(0, 2),
    };

    public ScenariosCommand(Session session)
        : base(
            "scenarios", "List the keys of a scenario, and the scenario files that come with Diten.",
            "",
            ("scenarios", "everything"),
            ("scenarios radio", "the keys with \"radio\" in their name, default, values or meaning"),
            ("scenarios faults", "the kinds of faults"),
            ("scenarios faults drop", "what a kind is, an example, its keys, what is reported, and a picture"),
            ("scenarios --markdown > docs/scenario-keys.md", "as a page of documentation; scenarios faults --markdown for docs/faults.md"))
    {
        _terminal = session.Terminal;
        Add(_filter);
        Add(_markdown);
        session.Act(this, Run);
    }

    private Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var words = parsed.GetValue(_filter) ?? [];
        if (words is ["faults", ..])
            return Task.FromResult(Faults(words.Length > 1 ? words[1] : null, parsed.GetValue(_markdown)));
        if (words.Length > 1)
            throw new UserErrorException($"'{words[1]}' is one argument too many: a filter is one word, and only scenarios faults takes a second one.");
        var wanted = words is [var only] ? only : "";
        if (parsed.GetValue(_markdown) && wanted.Length > 0)
            throw new UserErrorException("--markdown prints all keys: leave the filter out.");
        ScenarioKey[] keys = [.. ScenarioKeys.All.Where(key => Matches(key, wanted))];
        if (keys.Length == 0)
            throw new UserErrorException($"no scenario key has \"{wanted}\" in its name, default, allowed values or meaning; without a filter all are listed.");
        if (parsed.GetValue(_markdown))
            _terminal.Out.Write(ScenarioKeys.ToMarkdown());
        else
            WriteTables(_terminal, keys, withFiles: wanted.Length == 0);
        return Task.FromResult(ExitCode.Ok);
    }

    private int Faults(string? kind, bool markdown)
    {
        if (markdown && kind is not null)
            throw new UserErrorException("--markdown prints all kinds: leave the kind out.");
        if (markdown)
            _terminal.Out.Write(FaultCatalogue.ToMarkdown());
        else if (kind is null)
            WriteKinds(_terminal);
        else
            _terminal.Out.Write(FaultCatalogue.Teach(kind) ?? throw new UserErrorException(
                $"scenarios faults: found '{kind}'; allowed: {string.Join(", ", FaultCatalogue.Kinds.Select(row => row.Name))}."
                + (Suggestion.For(kind, FaultCatalogue.Kinds.Select(row => row.Name)) is { } meant ? " " + meant : "")));
        return ExitCode.Ok;
    }

    private static void WriteKinds(Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("kind", "strikes", "what happens");
        foreach (var (name, where, summary) in FaultCatalogue.Kinds)
            table.AddRow(Markup.Escape(name), Markup.Escape(where), Markup.Escape(summary));
        terminal.Tables().Write(table);
        terminal.Out.WriteLine("diten scenarios faults KIND tells more of one, and docs/faults.md of all.");
    }

    private static bool Matches(ScenarioKey key, string text) =>
        new[] { key.Name, key.Default, key.Allowed, key.Meaning }.Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static void WriteTables(Terminal terminal, ScenarioKey[] keys, bool withFiles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("key", "default", "type; allowed", "meaning");
        table.Columns[0].NoWrap();
        foreach (var key in keys)
            table.AddRow(Markup.Escape(key.Name), Markup.Escape(key.Default), Markup.Escape($"{key.Type}; {key.Allowed}"), Markup.Escape(key.Meaning));
        terminal.Tables().Write(table);
        if (!withFiles)
            return;

        var files = new Table().Border(TableBorder.Simple).AddColumns("scenario file", "what it is");
        foreach (var file in ShippedScenarios.Files())
            files.AddRow(Markup.Escape(Path.GetRelativePath(".", file)), Markup.Escape(ShippedScenarios.Purpose(file)));
        terminal.Tables().Write(files);
    }
}
