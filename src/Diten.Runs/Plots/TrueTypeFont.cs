using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Diten.Runs.Plots;

/// <summary>Makes a TrueType font out of <see cref="StrokeGlyphs"/>: the pen's lines become outlines.</summary>
internal static class TrueTypeFont
{
    private const int UnitsPerEm = 1000;
    private const double Scale = 50;          // 20 pen units an em, so that capitals are 0.7 em high
    private const double SideBearing = 1.75;  // pen units from the pen's line to the glyph's edge
    private const short Ascent = 950, Descent = -300;

    /// <summary>The bytes of a font file.</summary>
    /// <param name="family">Its name.</param>
    /// <param name="penWidth">Width of the strokes where capitals are 14 high.</param>
    /// <param name="bold">Whether it says of itself that it is bold.</param>
    public static byte[] Build(string family, double penWidth, bool bold)
    {
        var glyphs = new List<Glyph> { Outline(7, "M0 0 V14 H7 V0 Z", penWidth) };   // what stands for a character that is not there
        glyphs.AddRange(StrokeGlyphs.All.Select(g => Outline(g.Width, g.Strokes, penWidth)));
        var characters = StrokeGlyphs.All.Select(g => g.Character).ToArray();

        var glyf = new Writer();
        var loca = new Writer();
        var hmtx = new Writer();
        foreach (var glyph in glyphs)
        {
            loca.U32(glyf.Length);
            glyph.WriteTo(glyf);
            hmtx.U16(glyph.Advance).U16(glyph.MinX);
        }

        loca.U32(glyf.Length);
        var (minX, minY) = (glyphs.Min(g => g.MinX), glyphs.Min(g => g.MinY));
        var (maxX, maxY) = (glyphs.Max(g => g.MaxX), glyphs.Max(g => g.MaxY));
        var tables = new (string Tag, byte[] Bytes)[]
        {
            ("OS/2", Os2(bold, characters)),
            ("cmap", CharacterMap(characters)),
            ("glyf", glyf.Bytes()),
            ("head", new Writer().U32(0x00010000).U32(0x00010000).U32(0).U32(0x5F0F3CF5).U16(0x000B).U16(UnitsPerEm)
                .U32(0).U32(0).U32(0).U32(0).U16(minX).U16(minY).U16(maxX).U16(maxY).U16(bold ? 1 : 0).U16(8).U16(2).U16(1).U16(0).Bytes()),
            ("hhea", new Writer().U32(0x00010000).U16(Ascent).U16(Descent).U16(0).U16(glyphs.Max(g => g.Advance)).U16(minX).U16(0).U16(maxX)
                .U16(1).U16(0).U16(0).U16(0).U16(0).U16(0).U16(0).U16(0).U16(glyphs.Count).Bytes()),
            ("hmtx", hmtx.Bytes()),
            ("loca", loca.Bytes()),
            ("maxp", new Writer().U32(0x00010000).U16(glyphs.Count).U16(glyphs.Max(g => g.Points)).U16(glyphs.Max(g => g.Contours.Count))
                .U16(0).U16(0).U16(2).U16(0).U16(0).U16(0).U16(0).U16(0).U16(0).U16(0).U16(0).Bytes()),
            ("name", Names(family, bold)),
            ("post", new Writer().U32(0x00030000).U32(0).U16(-100).U16(50).U32(0).U32(0).U32(0).U32(0).U32(0).Bytes()),
        };
        return File(tables);
    }

    private static Glyph Outline(double width, string strokes, double penWidth)
    {
        var glyph = new Glyph((int)Math.Round((width + (2 * SideBearing)) * Scale));
        if (strokes.Length == 0)
            return glyph;
        using var pen = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)(penWidth * Scale),
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        using var line = SKPath.ParseSvgPathData(strokes);
        line.Transform(SKMatrix.CreateScale((float)Scale, (float)Scale).PostConcat(SKMatrix.CreateTranslation((float)(SideBearing * Scale), 0)));
        using var outline = pen.GetFillPath(line);
        using var verbs = outline.CreateRawIterator();
        var points = new SKPoint[4];
        while (verbs.Next(points) is var verb && verb != SKPathVerb.Done)
        {
            switch (verb)
            {
                case SKPathVerb.Move:
                    glyph.Contours.Add([new Point(points[0], true)]);
                    break;
                case SKPathVerb.Line:
                    glyph.Contours[^1].Add(new Point(points[1], true));
                    break;
                case SKPathVerb.Quad:
                    glyph.Contours[^1].AddRange([new Point(points[1], false), new Point(points[2], true)]);
                    break;
                case SKPathVerb.Conic:
                    var quads = SKPath.ConvertConicToQuads(points[0], points[1], points[2], verbs.ConicWeight(), 1);
                    for (var i = 1; i + 1 < quads.Length; i += 2)
                        glyph.Contours[^1].AddRange([new Point(quads[i], false), new Point(quads[i + 1], true)]);
                    break;
                case SKPathVerb.Close:
                    break;
                default:
                    throw new InvalidOperationException($"A stroke's outline has a {verb}, which TrueType does not know.");
            }
        }

        glyph.Contours.RemoveAll(contour => contour.Count < 3);
        return glyph;
    }

    private static byte[] CharacterMap(char[] characters)
    {
        // One segment a character, and the one at the end that the format asks for.
        var segments = characters.Select((c, i) => (Code: (int)c, Delta: i + 1 - c)).Append((Code: 0xFFFF, Delta: 1)).ToArray();
        var power = (int)Math.Pow(2, Math.Floor(Math.Log2(segments.Length)));
        var format4 = new Writer().U16(4).U16(16 + (8 * segments.Length)).U16(0).U16(2 * segments.Length)
            .U16(2 * power).U16((int)Math.Log2(power)).U16(2 * (segments.Length - power));
        foreach (var segment in segments)
            format4.U16(segment.Code);
        format4.U16(0);
        foreach (var segment in segments)
            format4.U16(segment.Code);
        foreach (var segment in segments)
            format4.U16(segment.Delta);
        foreach (var _ in segments)
            format4.U16(0);
        return new Writer().U16(0).U16(1).U16(3).U16(1).U32(12).Append(format4.Bytes()).Bytes();
    }

    private static byte[] Os2(bool bold, char[] characters) => new Writer()
        .U16(4).U16(500).U16(bold ? 700 : 400).U16(5).U16(0)
        .U16(650).U16(700).U16(0).U16(140).U16(650).U16(700).U16(0).U16(480).U16(50).U16(250).U16(0)
        .Append(new byte[10]).U32(1).U32(0).U32(0).U32(0).Append("DITN"u8.ToArray()).U16(bold ? 0x20 : 0x40)
        .U16(characters[0]).U16(characters[^1]).U16(Ascent).U16(Descent).U16(0).U16(Ascent).U16(-Descent)
        .U32(1).U32(0).U16(500).U16(700).U16(0).U16(' ').U16(1).Bytes();

    private static byte[] Names(string family, bool bold)
    {
        var style = bold ? "Bold" : "Regular";
        (int Id, string Text)[] names =
            [(1, family), (2, style), (3, $"{family} {style}"), (4, $"{family} {style}"), (5, "Version 1.0"), (6, $"{family.Replace(" ", "")}-{style}")];
        var header = new Writer().U16(0).U16(names.Length).U16(6 + (12 * names.Length));
        var text = new Writer();
        foreach (var (id, name) in names)
        {
            var bytes = Encoding.BigEndianUnicode.GetBytes(name);
            header.U16(3).U16(1).U16(0x0409).U16(id).U16(bytes.Length).U16(text.Length);
            text.Append(bytes);
        }

        return header.Append(text.Bytes()).Bytes();
    }

    private static byte[] File((string Tag, byte[] Bytes)[] tables)
    {
        var power = (int)Math.Pow(2, Math.Floor(Math.Log2(tables.Length)));
        var file = new Writer().U32(0x00010000).U16(tables.Length).U16(16 * power).U16((int)Math.Log2(power)).U16(16 * (tables.Length - power));
        var offset = 12 + (16 * tables.Length);
        foreach (var (tag, bytes) in tables)
        {
            file.Append(Encoding.ASCII.GetBytes(tag)).U32(Checksum(bytes)).U32(offset).U32(bytes.Length);
            offset += (bytes.Length + 3) & ~3;
        }

        foreach (var (_, bytes) in tables)
            file.Append(bytes).Pad();
        return file.Bytes();
    }

    private static int Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i++)
            sum += (uint)bytes[i] << (8 * (3 - (i & 3)));
        return (int)sum;
    }

    private readonly record struct Point(int X, int Y, bool OnCurve)
    {
        public Point(SKPoint point, bool onCurve)
            : this((int)Math.Round(point.X), (int)Math.Round(point.Y), onCurve)
        {
        }
    }

    private sealed class Glyph(int advance)
    {
        public int Advance { get; } = advance;

        public List<List<Point>> Contours { get; } = [];

        public int Points => Contours.Sum(c => c.Count);

        public int MinX => All.Min(p => p.X);

        public int MinY => All.Min(p => p.Y);

        public int MaxX => All.Max(p => p.X);

        public int MaxY => All.Max(p => p.Y);

        private IEnumerable<Point> All => Contours.SelectMany(c => c).DefaultIfEmpty();

        public void WriteTo(Writer glyf)
        {
            if (Contours.Count == 0)
                return;
            glyf.U16(Contours.Count).U16(MinX).U16(MinY).U16(MaxX).U16(MaxY);
            var end = -1;
            foreach (var contour in Contours)
                glyf.U16(end += contour.Count);
            glyf.U16(0);
            foreach (var point in All)
                glyf.U8(point.OnCurve ? 1 : 0);
            var (x, y) = (0, 0);
            foreach (var point in All)
            {
                glyf.U16(point.X - x);
                x = point.X;
            }

            foreach (var point in All)
            {
                glyf.U16(point.Y - y);
                y = point.Y;
            }

            glyf.Pad();
        }
    }

    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public int Length => _bytes.Count;

        public byte[] Bytes() => [.. _bytes];

        public Writer U8(int value)
        {
            _bytes.Add((byte)value);
            return this;
        }

        /// <summary>Two bytes, of a number that may be negative.</summary>
        public Writer U16(int value)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteInt16BigEndian(bytes, unchecked((short)value));
            _bytes.AddRange(bytes);
            return this;
        }

        public Writer U32(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            _bytes.AddRange(bytes);
            return this;
        }

        public Writer Append(byte[] bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        public void Pad()
        {
            while (_bytes.Count % 4 != 0)
                _bytes.Add(0);
        }
    }
}
