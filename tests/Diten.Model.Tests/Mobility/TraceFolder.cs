using Diten.Model.Mobility;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Mobility;

/// <summary>A temporary folder of trace files, deleted at the end of a test.</summary>
internal sealed class TraceFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("diten-traces-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Loads a trace into [0, side]² with slots of 1 s.</summary>
    public static MobilityReport Load(string path, double side = 10_000, TraceFit fit = TraceFit.Crop, Func<DevicesSection, DevicesSection>? with = null)
    {
        var devices = new DevicesSection { Mobility = MobilityKind.Trace, Traces = path, TraceFit = fit };
        return Mobilities.Create(new Scenario { Devices = with?.Invoke(devices) ?? devices }, new Area(0, 0, side, side));
    }

    /// <summary>Loads the rows of a CSV with columns id, time, x, y.</summary>
    public MobilityReport LoadRows(string rows, double side = 10_000, TraceFit fit = TraceFit.Crop, Func<DevicesSection, DevicesSection>? with = null) =>
        Load(Write("trace.csv", "id,time,x,y\n" + rows.ReplaceLineEndings("\n")), side, fit, with);
}
