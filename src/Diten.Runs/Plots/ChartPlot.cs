using ScottPlot;

namespace Diten.Runs.Plots;

/// <summary>A plot over an x-axis that knows the numbers it draws: for the table behind it, and for what is told where somebody points at it.</summary>
internal sealed class ChartPlot : Plot
{
    private const int MostSpots = 240, MostPlaces = 2000, MostTold = 5;

    private readonly List<(string Name, double[] X, double[] Y)> _series = [];
    private readonly List<(double X, double Y, double Size, string Text)> _places = [];

    /// <summary>What is said of an x; as a number, where nobody says otherwise.</summary>
    public Func<double, string> NameOf { get; set; } = PlotTable.Number;

    /// <summary>Notes what is drawn.</summary>
    /// <param name="y">NaN where there is no value; as many as <paramref name="x"/>.</param>
    public void Note(string name, double[] x, double[] y) => _series.Add((name, x, y));

    /// <summary>Notes a mark of a map; where they are too many for each to be pointed at, the first ones of a place are told by name.</summary>
    /// <param name="size">Pixels.</param>
    public void Note(double x, double y, double size, string text) => _places.Add((x, y, size, text));

    /// <summary>A row for each x that something is drawn at; null where nothing is known.</summary>
    public PlotTable? Table() => _series.Count == 0 ? null : new(
        [Axes.Bottom.Label.Text, .. _series.Select(series => series.Name)],
        [.. Rows().Select(row => (IReadOnlyList<string>)[NameOf(row.X), .. row.Values.Select(PlotTable.Number)])]);

    /// <summary>What is told where somebody points at it. It has been drawn before.</summary>
    public IEnumerable<Spot> Spots() => Strips().Concat(_places.Count > MostPlaces ? Patches() : _places.Select(place =>
    {
        var at = GetPixel(new Coordinates(place.X, place.Y));
        return new Spot(at.X - place.Size / 2, at.Y - place.Size / 2, place.Size, place.Size, place.Text);
    }));

    /// <summary>Patches of the map, each with the first marks on it by name, and how many more there are.</summary>
    private IEnumerable<Spot> Patches()
    {
        var data = RenderManager.LastRender.DataRect;
        var each = Math.Sqrt((double)data.Width * data.Height / MostPlaces) + 1; // those that are cut at the edge are more
        return _places.Select(place => (At: GetPixel(new Coordinates(place.X, place.Y)), place.Text))
            .GroupBy(place => (Column: (int)((place.At.X - data.Left) / each), Row: (int)((place.At.Y - data.Top) / each)))
            .Select(patch =>
            {
                string[] told = [.. patch.Take(MostTold).Select(place => place.Text)], more = patch.Count() > MostTold ? [$"and {patch.Count() - MostTold} more"] : [];
                return new Spot(data.Left + patch.Key.Column * each, data.Top + patch.Key.Row * each, each, each, string.Join('\n', [.. told, .. more]));
            });
    }

    /// <summary>Strips beside each other, from the top of the data to its bottom; where they would be too narrow, every so manyth.</summary>
    private IEnumerable<Spot> Strips()
    {
        var data = RenderManager.LastRender.DataRect;
        var rows = Rows().Select(row => (row.X, row.Values, Pixel: (double)GetPixel(new Coordinates(row.X, 0)).X))
            .Where(row => row.Pixel >= data.Left && row.Pixel <= data.Right).ToArray();
        var step = Math.Max(1, (rows.Length + MostSpots - 1) / MostSpots);
        var shown = rows.Where((_, i) => i % step == 0).ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            var (x, values, at) = shown[i];
            var left = i == 0 ? data.Left : (shown[i - 1].Pixel + at) / 2;
            var right = i == shown.Length - 1 ? data.Right : (shown[i + 1].Pixel + at) / 2;
            var told = _series.Zip(values, (series, value) => double.IsFinite(value) ? $"\n{series.Name}: {PlotTable.Number(value)}" : "");
            yield return new Spot(left, data.Top, right - left, data.Height, $"{Axes.Bottom.Label.Text}: {NameOf(x)}{string.Concat(told)}");
        }
    }

    private IEnumerable<(double X, double[] Values)> Rows()
    {
        var byX = new SortedDictionary<double, double[]>();
        for (var number = 0; number < _series.Count; number++)
        {
            var (_, x, y) = _series[number];
            for (var i = 0; i < x.Length; i++)
            {
                if (!byX.TryGetValue(x[i], out var values))
                    byX.Add(x[i], values = [.. Enumerable.Repeat(double.NaN, _series.Count)]);
                values[number] = y[i];
            }
        }

        return byX.Select(row => (row.Key, row.Value));
    }
}
