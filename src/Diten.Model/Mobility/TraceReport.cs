using Diten.Model.Scenarios;

namespace Diten.Model.Mobility;

/// <summary>Why a row of a trace was not used; the rules apply in this order, each to what the ones before it left.</summary>
public enum TraceDrop
{
    /// <summary>Id, time or a coordinate is missing or unreadable.</summary>
    Unreadable,
    /// <summary>The same id, time and position stand in another row.</summary>
    Duplicate,
    /// <summary>A geographic coordinate is exactly zero or beyond ±180°, ±90°; a metric one is beyond ±10,000 km.</summary>
    OutOfRange,
    /// <summary>Further from the median point than five times the median distance, and than 50 km.</summary>
    FarOut,
    /// <summary>The same id was elsewhere at the same time; the first row of the file stays.</summary>
    SameTime,
    /// <summary>Reached from the last good point faster than the allowed speed.</summary>
    TooFast,
    /// <summary>Outside of the area after fitting.</summary>
    OutsideArea,
    /// <summary>In a journey of a single point, or of less than a slot.</summary>
    ShortJourney,
}

/// <summary>What a trace loader read, what it dropped and why, and what came out; every row read is kept or dropped for one reason.</summary>
/// <param name="Source">The file or folder, as the user named it.</param>
/// <param name="Format">Format of the files, as detected or chosen.</param>
/// <param name="Files">Files read, empty ones of a folder included.</param>
/// <param name="Ids">Recorded vehicles or people with at least one readable row.</param>
/// <param name="RowsRead">Rows of data (a header and empty lines do not count).</param>
/// <param name="RowsKept">Rows that became points of journeys.</param>
/// <param name="Gaps">Pauses longer than the allowed gap, at which a journey ended.</param>
/// <param name="Journeys">Journeys that devices can follow; at least one.</param>
/// <param name="RecordedSpeedMetresPerSecond">Mean speed over all journeys as recorded: total length / total time.</param>
/// <param name="MeanSpeedMetresPerSecond">The same after scaling of space and time. Long journeys count for more here than in a run, whose devices draw
/// long and short ones alike: <see cref="JourneyUse"/>.</param>
/// <param name="LengthScale">Length in the area per recorded length; 1 for <see cref="TraceFit.Crop"/>. As time scale, it would keep speeds.</param>
public sealed record TraceReport(string Source, TraceFormat Format, int Files, int Ids, long RowsRead, long RowsKept, long Gaps, int Journeys,
    double RecordedSpeedMetresPerSecond, double MeanSpeedMetresPerSecond, double LengthScale)
{
    /// <summary>Dropped rows by <see cref="TraceDrop"/>, all reasons, in the order of the rules.</summary>
    public required IReadOnlyList<long> DroppedByReason { get; init; }

    /// <summary>Which part of how many rows could not be read, each with an example; empty where all could.</summary>
    public string UnreadableParts { get; init; } = "";

    /// <summary>How many rows were dropped for a reason.</summary>
    public long Dropped(TraceDrop reason) => DroppedByReason[(int)reason];

    /// <summary>The report for people, a fact a line; reasons that dropped nothing are left out.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            yield return FormattableString.Invariant($"{Source}: {Format} format, {Files} file(s), {Ids} ids");
            yield return FormattableString.Invariant($"{RowsRead} rows read, {RowsKept} kept");
            foreach (var reason in Enum.GetValues<TraceDrop>())
                if (Dropped(reason) > 0)
                    yield return FormattableString.Invariant($"{Dropped(reason)} dropped: {Name(reason)}{(reason == TraceDrop.Unreadable && UnreadableParts.Length > 0 ? $" ({UnreadableParts})" : "")}");
            yield return FormattableString.Invariant($"{Journeys} journeys, split at {Gaps} long pauses");
            yield return FormattableString.Invariant(
                $"mean speed of all journeys {RecordedSpeedMetresPerSecond:0.##} m/s as recorded, {MeanSpeedMetresPerSecond:0.##} m/s in the area (lengths × {LengthScale:0.####})");
            if (Math.Abs(MeanSpeedMetresPerSecond - RecordedSpeedMetresPerSecond) > 0.01 * RecordedSpeedMetresPerSecond)
                yield return FormattableString.Invariant($"a time scale of {LengthScale:0.####} would keep the recorded speed");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    private static string Name(TraceDrop reason) => reason switch
    {
        TraceDrop.Unreadable => "unreadable",
        TraceDrop.Duplicate => "exact duplicate",
        TraceDrop.OutOfRange => "coordinate zero or out of range",
        TraceDrop.FarOut => "far outside of where the others are",
        TraceDrop.SameTime => "elsewhere at the same time",
        TraceDrop.TooFast => "step faster than allowed",
        TraceDrop.OutsideArea => "outside of the area",
        TraceDrop.ShortJourney => "in a journey too short to follow",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
