using System.CommandLine;

namespace Diten.Node.Commands;

/// <summary>A command whose <c>--help</c> teaches how it is used.</summary>
/// <param name="summary">One line, for the list of commands.</param>
/// <param name="details">More, in lines as they shall stand; may be empty.</param>
/// <param name="examples">Pairs of a command line, without <c>diten</c>, and what it does.</param>
internal abstract class DocumentedCommand(string name, string summary, string details, params (string Line, string Meaning)[] examples)
    : Command(name, summary)
{
    /// <summary>Shown under the options.</summary>
    public string Details { get; } = details;

    /// <summary>Shown at the end.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; } = examples;

    /// <summary>Takes options, in the order in which they are shown.</summary>
    protected void Add(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
            base.Add(option);
    }
}
