using System.Globalization;
using System.Text;
using Diten.Model.Mobility;

namespace Diten.Model.Tests.Mobility;

/// <summary>What of journeys can be told from fixes that are a minute and more apart.</summary>
internal sealed class TrajectoryStatistics
{
    /// <summary>Fixes of the recorded taxis are as good as all about 55 s or about 152 s apart, seconds.</summary>
    private static readonly (string Name, double From, double To)[] Spacings = [("40 to 80 s", 40, 80), ("140 to 170 s", 140, 170)];

    /// <summary>A device that moved less between two fixes stood: receivers of taxis err by some metres.</summary>
    private const double StoodMetres = 20;

    /// <summary>Headings of shorter moves are mostly error.</summary>
    private const double TurnedMetres = 100;

    private readonly List<(string Name, double Value, int Decimals)> _rows = [];

    /// <param name="journeys">Each of at least two points in time order, metres and seconds.</param>
    public TrajectoryStatistics(IReadOnlyList<IReadOnlyList<TracePoint>> journeys)
    {
        Add("mean speed, m/s", MeanSpeed(journeys), 2);
        foreach (var (name, from, to) in Spacings)
            AddSpaced(journeys, name, gap => gap >= from && gap < to);
        foreach (var minutes in new[] { 1, 5, 10 })
        {
            double[] displacements = [.. journeys.SelectMany(journey => Displacements(journey, 60 * minutes)).Order()];
            foreach (var percent in new[] { 25, 50, 75, 90 })
                Add($"displacement in {minutes} min, {percent} % below, m", Quantile(displacements, percent), 0);
        }
    }

    /// <summary>Value of a row.</summary>
    public double this[string name] => _rows.Single(row => row.Name == name).Value;

    /// <summary>Names of all rows that begin so.</summary>
    public IEnumerable<string> Names(string start) => _rows.Select(row => row.Name).Where(name => name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Length of all journeys over their time, m/s.</summary>
    public static double MeanSpeed(IReadOnlyList<IReadOnlyList<TracePoint>> journeys) =>
        journeys.Sum(journey => Steps(journey).Sum(step => step.From.MetresTo(step.To))) / journeys.Sum(journey => journey[^1].Seconds - journey[0].Seconds);

    /// <summary>Statistics beside each other, as Markdown.</summary>
    public static string Table(params (string Name, TrajectoryStatistics Statistics)[] columns)
    {
        var table = new StringBuilder($"| | {string.Join(" | ", columns.Select(column => column.Name))} |\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        for (var row = 0; row < columns[0].Statistics._rows.Count; row++)
        {
            var (name, _, decimals) = columns[0].Statistics._rows[row];
            var cells = columns.Select(column => column.Statistics._rows[row].Value.ToString("F" + decimals, CultureInfo.InvariantCulture));
            table.Append($"| {name} | {string.Join(" | ", cells)} |\n");
        }

        return table.ToString();
    }

    private void AddSpaced(IReadOnlyList<IReadOnlyList<TracePoint>> journeys, string spacing, Func<double, bool> isSpaced)
    {
        var steps = journeys.Select(journey => Steps(journey).ToArray()).ToArray();
        var own = steps.SelectMany(of => of).Where(step => isSpaced(step.Seconds)).ToArray();
        double[] speeds = [.. own.Select(step => step.Speed).Order()];
        foreach (var percent in new[] { 25, 50, 75, 90, 99 })
            Add($"speed between fixes {spacing} apart, {percent} % below, m/s", Quantile(speeds, percent), 1);
        Add($"standing (less than 20 m) between fixes {spacing} apart", own.Count(step => step.Metres < StoodMetres) / (double)own.Length, 3);

        var pairs = steps.SelectMany(of => of.Zip(of.Skip(1))).Where(pair => isSpaced(pair.First.Seconds) && isSpaced(pair.Second.Seconds)).ToArray();
        Add($"correlation of that speed with the next, {spacing}", Correlation([.. pairs.Select(pair => (pair.First.Speed, pair.Second.Speed))]), 2);
        var stood = pairs.Where(pair => pair.First.Metres < StoodMetres).ToArray();
        Add($"standing again after standing, {spacing}", stood.Count(pair => pair.Second.Metres < StoodMetres) / (double)stood.Length, 2);

        double[] angles = [.. pairs.Where(pair => pair.First.Metres >= TurnedMetres && pair.Second.Metres >= TurnedMetres).Select(pair => pair.First.DegreesTo(pair.Second))];
        foreach (var (from, to) in new[] { (0, 15), (15, 45), (45, 75), (75, 105), (105, 150), (150, 181) })
            Add($"turned by {from}° to {Math.Min(to, 180)}° between fixes {spacing} apart", angles.Count(angle => angle >= from && angle < to) / (double)angles.Length, 3);
    }

    private void Add(string name, double value, int decimals) => _rows.Add((name, value, decimals));

    private static IEnumerable<Step> Steps(IReadOnlyList<TracePoint> journey) => journey.Zip(journey.Skip(1), (from, to) => new Step(from, to));

    private static double Quantile(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    private static double Correlation((double X, double Y)[] pairs)
    {
        var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        return pairs.Sum(pair => (pair.X - x) * (pair.Y - y))
            / Math.Sqrt(pairs.Sum(pair => (pair.X - x) * (pair.X - x)) * pairs.Sum(pair => (pair.Y - y) * (pair.Y - y)));
    }

    /// <summary>How far one is from where one was a time before, on the straight lines between fixes, from time to time.</summary>
    private static IEnumerable<double> Displacements(IReadOnlyList<TracePoint> journey, double seconds)
    {
        var (last, behind) = (journey[0], 0);
        for (var at = journey[0].Seconds + seconds; at <= journey[^1].Seconds; at += seconds)
        {
            while (behind < journey.Count - 2 && journey[behind + 1].Seconds < at)
                behind++;
            var (from, to) = (journey[behind], journey[behind + 1]);
            var share = (at - from.Seconds) / (to.Seconds - from.Seconds);
            var here = new TracePoint(at, from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y));
            yield return last.MetresTo(here);
            last = here;
        }
    }

    private readonly record struct Step(TracePoint From, TracePoint To)
    {
        public double Seconds => To.Seconds - From.Seconds;

        public double Metres => From.MetresTo(To);

        public double Speed => Metres / Seconds;

        /// <summary>Angle between two moves, 0 to 180 degrees.</summary>
        public double DegreesTo(Step next)
        {
            var turn = Math.Atan2(next.To.Y - next.From.Y, next.To.X - next.From.X) - Math.Atan2(To.Y - From.Y, To.X - From.X);
            return Math.Abs(Math.IEEERemainder(turn, 2 * Math.PI)) * 180 / Math.PI;
        }
    }
}
