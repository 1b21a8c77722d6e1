namespace Diten.Model.Scenarios.Keys;

/// <summary>A key and its value as somebody wrote them.</summary>
/// <param name="Key">Full name, with dots.</param>
/// <param name="Text">Value without quotes; ranges as <c>[low, high]</c>.</param>
/// <param name="File">Where it was written: a file, or <c>--set</c>.</param>
/// <param name="Line">Line in the file, from 1; null where unknown.</param>
public sealed record ScenarioEntry(string Key, string Text, string File, int? Line = null)
{
    /// <summary>Who wrote it.</summary>
    public ScenarioLayer Layer { get; init; }
}

/// <summary>Who writes values: each knows what those before it wrote.</summary>
public enum ScenarioLayer
{
    /// <summary>A file that the scenario includes.</summary>
    Included,

    /// <summary>The scenario's file.</summary>
    File,

    /// <summary>The command line.</summary>
    CommandLine,
}
