using System.Text;

namespace Diten.Runs.Scenarios.Hocon;

/// <summary>What files, what they include, and words of a command line say together: each later one is written over the earlier ones.</summary>
internal sealed class HoconDocument
{
    private readonly HoconObject _root = new(default(HoconPlace));
    private readonly Stack<string> _reading = new();
    private int _includes;
    private int _size;

    /// <summary>Adds a file and what it includes.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="HoconException">It cannot be read.</exception>
    public void AddFile(string path) => AddText(path, ReadFile(path, new HoconPlace(path, 0)));

    /// <summary>Adds a text.</summary>
    /// <param name="path">The full path that it would have; what it includes counts from there.</param>
    /// <exception cref="HoconException">It is no HOCON.</exception>
    public void AddText(string path, string text) => Add(path, text, _root, [], new HoconPlace(path, 0));

    /// <summary>Adds a value from elsewhere.</summary>
    /// <param name="origin">Where it was written, in place of a file.</param>
    /// <param name="key">With dots.</param>
    /// <param name="text">As HOCON.</param>
    /// <param name="verbatim">Take the text as it is: nothing in it has a meaning.</param>
    /// <exception cref="HoconException">It is no HOCON.</exception>
    public void Set(string origin, string key, string text, bool verbatim)
    {
        var path = HoconParser.Key(origin, key);
        HoconNode value = verbatim ? new HoconText(new HoconPlace(origin, 0), text) : HoconParser.Value(origin, text, path);
        HoconParser.Assign(_root, path, value);
    }

    /// <summary>The values, with all substitutions replaced.</summary>
    /// <exception cref="HoconException">One cannot be.</exception>
    public HoconObject Resolve() => HoconResolver.Resolve(_root, Environment.GetEnvironmentVariable);

    private void Add(string path, string text, HoconObject into, string[] within, HoconPlace from)
    {
        _size += text.Length;
        if (_size > HoconLimits.Size) throw new HoconException(from, $"includes that come to more than {HoconLimits.Size} characters", "fewer, or smaller files");
        _reading.Push(path);
        HoconParser.Read(path, text, into, within, Include);
        _reading.Pop();
    }

    private void Include(string name, HoconPlace place, HoconObject into, string[] at)
    {
        const string allowed = "an existing file, counted from the folder of the file that includes it";
        if (name.Length == 0 || name.Contains('\0')) throw new HoconException(place, $"include of '{name}'", allowed);
        var path = Path.GetFullPath(name, Path.GetDirectoryName(place.File)!);
        if (!File.Exists(path)) throw new HoconException(place, $"include of '{name}', which {(Directory.Exists(path) ? "is a folder" : "does not exist")}", allowed);
        if (_reading.Contains(path)) throw new HoconException(place, $"include of '{name}', which includes this file", "includes without circles");
        if (_reading.Count > HoconLimits.IncludeDepth)
            throw new HoconException(place, $"more than {HoconLimits.IncludeDepth} files that include one another", $"at most {HoconLimits.IncludeDepth}");
        if (++_includes > HoconLimits.Includes) throw new HoconException(place, $"more than {HoconLimits.Includes} includes", $"at most {HoconLimits.Includes} in all");
        Add(path, ReadFile(path, place), into, at, place);
    }

    /// <summary>Reads as much as may be, and no more: what is named may be a device without an end.</summary>
    private static string ReadFile(string path, HoconPlace from)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[HoconLimits.FileBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > HoconLimits.FileBytes) throw new HoconException(from, $"'{path}', which is larger than {HoconLimits.FileBytes} bytes", "smaller files");
            using var reader = new StreamReader(new MemoryStream(bytes, 0, count), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HoconException(from, $"'{path}', which cannot be read ({problem.Message.ReplaceLineEndings(" ")})", "a readable file");
        }
    }
}
