using System.CommandLine;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;
using Diten.Runs.Progress;
using Diten.Runs.Execution;
using Diten.Runs.Scenarios;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten scenarios</c>: the keys of a scenario, and the scenario files that come with Diten.</summary>
internal sealed class ScenariosCommand : DocumentedCommand
{
    private readonly Terminal _terminal;
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print all keys as Markdown, without the files" };

    private readonly Argument<string> _filter = new("filter")
    {
        HelpName = "FILTER",
        Description = "Only keys that have this in their name, default, allowed values or meaning",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ScenariosCommand(Session session)
        : base(
            "scenarios", "List the keys of a scenario, and the scenario files that come with Diten.",
            "",
            ("scenarios", "everything"),
            ("scenarios radio", "the keys with \"radio\" in their name, default, values or meaning"),
            ("scenarios --markdown > docs/scenario-keys.md", "as a page of documentation"))
    {
        _terminal = session.Terminal;
        Add(_filter);
        Add(_markdown);
        session.Act(this, Run);
    }

    private Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var wanted = parsed.GetValue(_filter) ?? "";
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
