using Diten.Model.Input;

namespace Diten.Model.Mobility;

/// <summary>The rules that make points on a plane of recorded rows; see <see cref="TraceDrop"/> for their order.</summary>
internal static class TraceCleaning
{
    /// <summary>After so many points in a row that are too fast to reach, the last good one is given up, not they.</summary>
    public const int StepsUntilRestart = 3;

    private const double FarOutFactor = 5, FarOutAtLeastMetres = 50_000, GreatestMetres = 1e7;

    /// <summary>Cleans every id's points: in time order, in metres, no step faster than allowed.</summary>
    /// <param name="traces">The rows as read; emptied on the way.</param>
    /// <param name="ground">Projection of the area where it lies on real ground; null = about the traces' own median point.</param>
    /// <param name="isGeographic">Whether coordinates are degrees.</param>
    /// <param name="fastest">Allowed speed of a step, m/s.</param>
    /// <param name="dropped">Counts by <see cref="TraceDrop"/>, increased.</param>
    /// <returns>Pieces of tracks, by id (ordinal), then time; an id has several where its track was restarted.</returns>
    public static List<List<TracePoint>> Clean(RawTraces traces, GeoProjection? ground, bool isGeographic, double fastest, long[] dropped)
    {
        dropped[(int)TraceDrop.Unreadable] += traces.Unreadable;
        List<List<TracePoint>> tracks = [.. traces.InOrder];
        for (var track = 0; track < tracks.Count; track++)
        {
            tracks[track] = InTimeOrder(tracks[track]);
            dropped[(int)TraceDrop.Duplicate] += RemoveDuplicates(tracks[track]);
            dropped[(int)TraceDrop.OutOfRange] += tracks[track].RemoveAll(point => isGeographic
                ? point.X == 0 || point.Y == 0 || Math.Abs(point.X) > 180 || Math.Abs(point.Y) > 90
                : Math.Abs(point.X) > GreatestMetres || Math.Abs(point.Y) > GreatestMetres);
        }

        var count = tracks.Sum(track => track.Count);
        if (count == 0)
            return [];
        var (medianX, medianY) = (Median(Flat(tracks, p => p.X, count)), Median(Flat(tracks, p => p.Y, count)));
        if (isGeographic)
        {
            var projection = ground ?? new GeoProjection(medianX, medianY);
            foreach (var track in tracks)
                for (var at = 0; at < track.Count; at++)
                {
                    var (x, y) = projection.ToMetres(track[at].X, track[at].Y);
                    track[at] = track[at] with { X = x, Y = y };
                }

            (medianX, medianY) = projection.ToMetres(medianX, medianY);
        }

        var median = new TracePoint(0, medianX, medianY);
        var limit = Math.Max(FarOutAtLeastMetres, FarOutFactor * Median(Flat(tracks, p => p.MetresTo(median), count)));
        var pieces = new List<List<TracePoint>>(tracks.Count);
        foreach (var track in tracks)
        {
            dropped[(int)TraceDrop.FarOut] += track.RemoveAll(point => point.MetresTo(median) > limit);
            dropped[(int)TraceDrop.SameTime] += RemoveSameTimes(track);
            RemoveTooFast(track, fastest, pieces, ref dropped[(int)TraceDrop.TooFast]);
        }

        return pieces;
    }

    /// <summary>The median (of two middle values the upper one); sorts its argument.</summary>
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static double[] Flat(List<List<TracePoint>> tracks, Func<TracePoint, double> value, int count)
    {
        var values = new double[count];
        var at = 0;
        foreach (var track in tracks)
            foreach (var point in track)
                values[at++] = value(point);
        return values;
    }

    /// <summary>The same list where it is in order, as it mostly is, else a sorted copy; equal times stay in the order of the file.</summary>
    private static List<TracePoint> InTimeOrder(List<TracePoint> points)
    {
        for (var at = 1; at < points.Count; at++)
            if (points[at].Seconds < points[at - 1].Seconds)
                return [.. points.OrderBy(point => point.Seconds)];
        return points;
    }

    private static int RemoveDuplicates(List<TracePoint> points)
    {
        var seen = new HashSet<TracePoint>();
        var time = double.NaN;
        return points.RemoveAll(point =>
        {
            if (point.Seconds != time)
            {
                time = point.Seconds;
                // Clearing costs as much as the set ever held.
                if (seen.Count > 16)
                    seen = [];
                else
                    seen.Clear();
            }

            return !seen.Add(point);
        });
    }

    private static int RemoveSameTimes(List<TracePoint> points)
    {
        var time = double.NaN;
        return points.RemoveAll(point =>
        {
            if (point.Seconds == time)
                return true;
            time = point.Seconds;
            return false;
        });
    }

    /// <summary>
    /// Drops each point that is too far from the last good one for the time between; after three of them in a row the next one is taken
    /// as good all the same and begins a piece of its own, so that one wrong point cannot cost all that follow.
    /// </summary>
    private static void RemoveTooFast(List<TracePoint> track, double fastest, List<List<TracePoint>> pieces, ref long dropped)
    {
        var piece = new List<TracePoint>(track.Count);
        var inARow = 0;
        foreach (var point in track)
        {
            if (piece.Count > 0 && piece[^1].MetresTo(point) > fastest * (point.Seconds - piece[^1].Seconds))
            {
                if (inARow < StepsUntilRestart)
                {
                    dropped++;
                    inARow++;
                    continue;
                }

                pieces.Add(piece);
                piece = [];
            }

            piece.Add(point);
            inARow = 0;
        }

        if (piece.Count > 0)
            pieces.Add(piece);
    }
}
