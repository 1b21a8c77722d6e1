using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Demos.Lectures;

/// <summary>What <c>diten demo --lecture</c> shows: scenes, each a pair of runs of one seed, with questions. Read by <see cref="LectureFile"/>.</summary>
/// <param name="File">Where it was read from, as people are told.</param>
/// <param name="Text">What it is about, in paragraphs.</param>
/// <param name="FirstSeed">The one that is shown.</param>
/// <param name="Seeds">Worlds behind every interval, of seeds that follow each other; at least 2.</param>
/// <param name="Scenes">At least one.</param>
public sealed record LectureScript(string Title, string File, string Text, ulong FirstSeed, int Seeds, IReadOnlyList<LectureScene> Scenes)
{
    /// <summary>The script that comes with Diten, in the folder of scenarios.</summary>
    public const string Usual = "lecture/lecture.conf";
}

/// <summary>A pair of runs, at one load or at several.</summary>
/// <param name="Name">Small letters, digits and hyphens.</param>
/// <param name="Text">What is asked, in paragraphs.</param>
/// <param name="Scenario">File.</param>
/// <param name="Set">What all its runs change in it.</param>
/// <param name="Sides">The axis of the pair; two levels.</param>
/// <param name="Loads">What the slider moves along; null where there is none.</param>
/// <param name="Metrics">Figures that are shown beside each other; the first is meant where a question names none.</param>
/// <param name="Captions">What is said from a slot on.</param>
/// <param name="Questions">In the order of their slots.</param>
/// <param name="Server">Whose belief, truth and decisions are drawn; null = nobody's.</param>
/// <param name="Devices">For whom one may choose.</param>
public sealed record LectureScene(
    string Name, string Title, string Text, string Scenario, IReadOnlyList<Change> Set, Axis Sides, Axis? Loads, IReadOnlyList<Metric> Metrics,
    SortedDictionary<int, string> Captions, IReadOnlyList<LectureQuestion> Questions, int? Server, IReadOnlyList<int> Devices)
{
    /// <summary>Names of its loads; a single empty one where it has none.</summary>
    public IReadOnlyList<string> LoadNames => Loads is null ? [""] : [.. Loads.Levels.Select(level => level.Name)];

    /// <summary>Its runs: of each load the first side, then the second.</summary>
    internal IReadOnlyList<Case> Cases => Case.Grid(Loads is null ? [Sides] : [Loads, Sides]);
}

/// <summary>A question that is put before its answer is seen.</summary>
/// <param name="Slot">Where time stops for it.</param>
/// <param name="Tells">Slot in which the answer is told; beyond the end = in the last one that is compared.</param>
/// <param name="Load">Number of the load that it is put at.</param>
/// <param name="Metric">What is compared: its mean over the slots <paramref name="From"/> to <paramref name="To"/> − 1, second side less first.</param>
/// <param name="To">Beyond the end = the end.</param>
/// <param name="Because">Why it is so; said with the answer.</param>
public sealed record LectureQuestion(
    string Name, int Slot, int Tells, int Load, string Asks, Metric Metric, int From, int To, IReadOnlyList<LectureAnswer> Answers, string Because);

/// <summary>An answer that one may give; it is right where the interval of the difference lies wholly in its range.</summary>
/// <param name="Low">In the unit of the metric; −∞ where it has no end.</param>
/// <param name="High">Likewise.</param>
/// <param name="Lies">The range as it was written.</param>
public sealed record LectureAnswer(string Says, double Low, double High, string Lies);
