using System.Runtime.CompilerServices;

namespace Diten.Model.Space;

/// <summary>Nearest-neighbour look-up over fixed sites by a uniform bucket grid; exact, ties by the lower id. Thread-safe.</summary>
public sealed class NearestSites
{
    private readonly double[] _x, _y;
    private readonly int[] _bucketStart, _bucketSites;
    private readonly int _columns, _rows;
    private readonly double _minX, _minY, _cell;

    /// <param name="x">East coordinates, metres; at least one.</param>
    /// <param name="y">North coordinates, metres.</param>
    /// <param name="area">Where queries mostly fall; sites and queries outside are legal.</param>
    public NearestSites(double[] x, double[] y, Area area)
    {
        (_x, _y) = (x, y);
        var (minX, maxX) = (Math.Min(area.MinX, x.Min()), Math.Max(area.MaxX, x.Max()));
        var (minY, maxY) = (Math.Min(area.MinY, y.Min()), Math.Max(area.MaxY, y.Max()));
        var (width, height) = (Math.Max(maxX - minX, 1), Math.Max(maxY - minY, 1));
        _cell = Math.Max(Math.Sqrt(width * height / x.Length), Math.Max(width, height) / 4096);
        (_minX, _minY) = (minX, minY);
        _columns = (int)(width / _cell) + 1;
        _rows = (int)(height / _cell) + 1;

        _bucketStart = new int[_columns * _rows + 1];
        for (var site = 0; site < x.Length; site++)
            _bucketStart[Bucket(x[site], y[site]) + 1]++;
        for (var bucket = 0; bucket < _bucketStart.Length - 1; bucket++)
            _bucketStart[bucket + 1] += _bucketStart[bucket];
        _bucketSites = new int[x.Length];
        var next = _bucketStart[..^1];
        for (var site = 0; site < x.Length; site++)
            _bucketSites[next[Bucket(x[site], y[site])]++] = site;
    }

    public int Count => _x.Length;

    public double X(int site) => _x[site];

    public double Y(int site) => _y[site];

    /// <summary>Id of the site nearest to a point; ties by id.</summary>
    public int Nearest(double x, double y)
    {
        var (column, row) = (Column(x), Row(y));
        var (best, bestSquare) = (-1, double.PositiveInfinity);
        for (var ring = 0; ; ring++)
        {
            ScanRing(x, y, column, row, ring, ref best, ref bestSquare);
            if (Reached(x, y, column, row, ring, bestSquare))
                return best;
        }
    }

    /// <summary>The sites nearest to a point, nearest first, ties by id; returns how many were written (all there are, at most).</summary>
    public int Nearest(double x, double y, Span<int> sites)
    {
        var wanted = Math.Min(sites.Length, Count);
        if (wanted == 0)
            return 0;
        Span<double> squares = wanted <= 128 ? stackalloc double[wanted] : new double[wanted];
        var (column, row, found) = (Column(x), Row(y), 0);
        for (var ring = 0; ; ring++)
        {
            var (fromRow, toRow) = (Math.Max(row - ring, 0), Math.Min(row + ring, _rows - 1));
            for (var r = fromRow; r <= toRow; r++)
            {
                var step = r == row - ring || r == row + ring || ring == 0 ? 1 : 2 * ring;
                for (var c = column - ring; c <= column + ring; c += step)
                {
                    if (c < 0 || c >= _columns)
                        continue;
                    var bucket = r * _columns + c;
                    for (var k = _bucketStart[bucket]; k < _bucketStart[bucket + 1]; k++)
                        found = Insert(sites[..wanted], squares, found, _bucketSites[k], SquareDistance(_bucketSites[k], x, y));
                }
            }

            if (found == wanted && Reached(x, y, column, row, ring, squares[wanted - 1]))
                return wanted;
        }
    }

    /// <summary>Ids of all sites within a radius of a point (its border included), ascending.</summary>
    public int[] Within(double x, double y, double radiusMetres)
    {
        var found = new List<int>();
        for (var r = Row(y - radiusMetres); r <= Row(y + radiusMetres); r++)
            for (var c = Column(x - radiusMetres); c <= Column(x + radiusMetres); c++)
                for (var k = _bucketStart[r * _columns + c]; k < _bucketStart[r * _columns + c + 1]; k++)
                    if (SquareDistance(_bucketSites[k], x, y) <= radiusMetres * radiusMetres)
                        found.Add(_bucketSites[k]);
        found.Sort();
        return [.. found];
    }

    /// <summary>Inserts a site into a list ascending by (distance, id), dropping the last where it is full; returns its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Insert(Span<int> sites, Span<double> squares, int found, int site, double square)
    {
        var at = found;
        if (found == sites.Length)
        {
            if (square > squares[found - 1] || (square == squares[found - 1] && site > sites[found - 1]))
                return found;
            at--;
        }
        else
        {
            found++;
        }

        for (; at > 0 && (square < squares[at - 1] || (square == squares[at - 1] && site < sites[at - 1])); at--)
            (sites[at], squares[at]) = (sites[at - 1], squares[at - 1]);
        (sites[at], squares[at]) = (site, square);
        return found;
    }

    private void ScanRing(double x, double y, int column, int row, int ring, ref int best, ref double bestSquare)
    {
        var (fromRow, toRow) = (Math.Max(row - ring, 0), Math.Min(row + ring, _rows - 1));
        for (var r = fromRow; r <= toRow; r++)
        {
            var step = r == row - ring || r == row + ring || ring == 0 ? 1 : 2 * ring;
            for (var c = column - ring; c <= column + ring; c += step)
            {
                if (c < 0 || c >= _columns)
                    continue;
                var bucket = r * _columns + c;
                for (var k = _bucketStart[bucket]; k < _bucketStart[bucket + 1]; k++)
                {
                    var site = _bucketSites[k];
                    var square = SquareDistance(site, x, y);
                    if (square < bestSquare || (square == bestSquare && site < best))
                        (best, bestSquare) = (site, square);
                }
            }
        }
    }

    /// <summary>Whether nothing outside the rings scanned so far can be as near as <paramref name="square"/>.</summary>
    private bool Reached(double x, double y, int column, int row, int ring, double square)
    {
        var left = column - ring <= 0 ? double.PositiveInfinity : x - (_minX + (column - ring) * _cell);
        var right = column + ring >= _columns - 1 ? double.PositiveInfinity : _minX + (column + ring + 1) * _cell - x;
        var below = row - ring <= 0 ? double.PositiveInfinity : y - (_minY + (row - ring) * _cell);
        var above = row + ring >= _rows - 1 ? double.PositiveInfinity : _minY + (row + ring + 1) * _cell - y;
        if (ring > _columns + _rows)
            throw new ArgumentException("Coordinates must be finite numbers.", nameof(x));
        // A site on a bucket's border may lie a rounding error beyond it.
        var margin = Math.Min(Math.Min(left, right), Math.Min(below, above)) - _cell * 1e-6;
        return margin > 0 && square < margin * margin;
    }

    private double SquareDistance(int site, double x, double y)
    {
        var (dx, dy) = (_x[site] - x, _y[site] - y);
        return dx * dx + dy * dy;
    }

    private int Column(double x) => Math.Clamp((int)Math.Floor((x - _minX) / _cell), 0, _columns - 1);

    private int Row(double y) => Math.Clamp((int)Math.Floor((y - _minY) / _cell), 0, _rows - 1);

    private int Bucket(double x, double y) => Row(y) * _columns + Column(x);
}
