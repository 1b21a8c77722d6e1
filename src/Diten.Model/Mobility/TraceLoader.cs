using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Turns recorded traces into journeys that devices can follow: reads, cleans, fits to the area, cuts.</summary>
internal static class TraceLoader
{
    // What lies on the border may be a rounding error outside.
    private const double BorderMetres = 1e-3;

    /// <summary>Loads the traces of a scenario.</summary>
    /// <exception cref="InputFileException">The input cannot be read, or no journey is left of it.</exception>
    public static MobilityReport Load(Scenario scenario, Area area, GeoProjection? ground)
    {
        var devices = scenario.Devices;
        var input = TraceReader.Read(devices);
        var dropped = new long[Enum.GetValues<TraceDrop>().Length];
        var onGround = devices.TraceFit == TraceFit.Crop && input.IsGeographic && ground is not null;
        var pieces = TraceCleaning.Clean(input.Traces, onGround ? ground : null, input.IsGeographic, devices.TraceMaximumSpeedMetresPerSecond, dropped);
        var fitting = onGround || pieces.Count == 0 ? TraceFitting.AsItIs
            : devices.TraceFit == TraceFit.Scale ? TraceFitting.Scaled(pieces, area)
            : TraceFitting.Cropped(pieces, area);

        var journeys = new List<List<TracePoint>>();
        var gaps = 0L;
        foreach (var piece in pieces)
            foreach (var inside in CutToArea(piece, fitting, area, ref dropped[(int)TraceDrop.OutsideArea]))
                foreach (var journey in SplitAtGaps(inside, devices.TraceMaximumGapSeconds, ref gaps))
                {
                    var stretched = Stretch(journey, devices.TimeScale);
                    if (journey.Count >= 2 && stretched[^1].Seconds - stretched[0].Seconds >= scenario.SlotLengthSeconds)
                        journeys.Add(stretched);
                    else
                        dropped[(int)TraceDrop.ShortJourney] += journey.Count;
                }

        var speed = MeanSpeed(journeys);
        var report = new TraceReport(devices.Traces!, input.Format, input.Files, input.Traces.Ids, input.Traces.RowsRead,
            journeys.Sum(journey => (long)journey.Count), gaps, journeys.Count, speed * devices.TimeScale / fitting.Scale, speed, fitting.Scale)
        {
            DroppedByReason = dropped,
            UnreadableParts = input.Traces.DescribeUnreadable(),
        };
        return journeys.Count > 0
            ? new MobilityReport(new RecordedJourneys(scenario.Seed, area, scenario.SlotLengthSeconds, journeys), report)
            : throw new InputFileException(devices.Traces!, 0, "has no journey that a device can follow: " + string.Join("; ", report.Lines.Skip(1).SkipLast(2)));
    }

    private static List<List<TracePoint>> CutToArea(List<TracePoint> piece, TraceFitting fitting, Area area, ref long outside)
    {
        var parts = new List<List<TracePoint>>();
        var wasInside = false;
        foreach (var recorded in piece)
        {
            var point = fitting.Apply(recorded);
            var isInside = point.X >= area.MinX - BorderMetres && point.X <= area.MaxX + BorderMetres
                && point.Y >= area.MinY - BorderMetres && point.Y <= area.MaxY + BorderMetres;
            if (!isInside)
                outside++;
            else if (wasInside)
                parts[^1].Add(point);
            else
                parts.Add([point]);
            wasInside = isInside;
        }

        return parts;
    }

    private static List<List<TracePoint>> SplitAtGaps(List<TracePoint> part, double longestSeconds, ref long gaps)
    {
        var journeys = new List<List<TracePoint>> { new() { part[0] } };
        for (var at = 1; at < part.Count; at++)
        {
            if (part[at].Seconds - part[at - 1].Seconds > longestSeconds)
            {
                gaps++;
                journeys.Add([]);
            }

            journeys[^1].Add(part[at]);
        }

        return journeys;
    }

    private static List<TracePoint> Stretch(List<TracePoint> journey, double timeScale) =>
        [.. journey.Select(point => point with { Seconds = (point.Seconds - journey[0].Seconds) * timeScale })];

    /// <summary>Length of all journeys over their time, m/s; 0 where there are none.</summary>
    private static double MeanSpeed(List<List<TracePoint>> journeys)
    {
        var (metres, seconds) = (0.0, 0.0);
        foreach (var journey in journeys)
        {
            for (var at = 1; at < journey.Count; at++)
                metres += journey[at - 1].MetresTo(journey[at]);
            seconds += journey[^1].Seconds - journey[0].Seconds;
        }

        return seconds > 0 ? metres / seconds : 0;
    }
}
