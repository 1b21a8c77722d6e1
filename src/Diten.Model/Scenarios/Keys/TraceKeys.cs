
namespace Diten.Model.Scenarios.Keys;

/// <summary>The rows of <see cref="ScenarioKeys"/> that say how recorded data are written, and what is made of them.</summary>
internal static class TraceKeys
{
    /// <summary>Recorded journeys.</summary>
    public static IEnumerable<ScenarioKey> Journeys()
    {
        var mobility = new ScenarioSection<DevicesSection>("devices.mobility.", s => s.Devices, (s, v) => s with { Devices = v });
        ScenarioKey[] keys =
        [
            mobility.Path("traces", "file or folder", s => s.Traces, (s, v) => s with { Traces = v },
                "Recorded journeys; required where model = trace"),
            mobility.Choice("trace-format", s => s.TraceFormat, (s, v) => s with { TraceFormat = v },
                "Format of the traces; auto = seen from the file"),
            mobility.Choice("trace-separator", s => s.TraceSeparator, (s, v) => s with { TraceSeparator = v },
                "What stands between the fields of CSV traces; auto = seen from the first line"),
            mobility.Text("trace-id-column", "column", s => s.TraceIdColumn, (s, v) => s with { TraceIdColumn = v },
                "Vehicle in CSV traces: header name or number from 0; not set = recognised by usual names"),
            mobility.Text("trace-time-column", "column", s => s.TraceTimeColumn, (s, v) => s with { TraceTimeColumn = v },
                "Time in CSV traces: header name or number from 0; not set = recognised by usual names"),
            mobility.Choice("trace-time-form", s => s.TraceTimeForm, (s, v) => s with { TraceTimeForm = v },
                "What dates begin with; dates that begin with the year are read in any case"),
            mobility.Text("trace-longitude-column", "column", s => s.TraceLongitudeColumn, (s, v) => s with { TraceLongitudeColumn = v },
                "Longitude in CSV traces: header name or number from 0; not set = recognised by usual names"),
            mobility.Text("trace-latitude-column", "column", s => s.TraceLatitudeColumn, (s, v) => s with { TraceLatitudeColumn = v },
                "Latitude in CSV traces: header name or number from 0; not set = recognised by usual names"),
            mobility.Choice("trace-fit", s => s.TraceFit, (s, v) => s with { TraceFit = v },
                "Whether traces are scaled to the area, or cropped to it (model.md §1, Mobility)"),
            mobility.Quantity("time-scale", Dimension.Number, Bounds.Positive,
                s => s.TimeScale, (s, v) => s with { TimeScale = v }, "Factor that stretches recorded time; the factor that scales space keeps speeds"),
            mobility.Quantity("trace-maximum-speed", Dimension.Speed, Bounds.Positive,
                s => s.TraceMaximumSpeedMetresPerSecond, (s, v) => s with { TraceMaximumSpeedMetresPerSecond = v },
                "A recorded step faster than this is an error of the trace (before scaling)"),
            mobility.Quantity("trace-maximum-gap", Dimension.Time, Bounds.Positive,
                s => s.TraceMaximumGapSeconds, (s, v) => s with { TraceMaximumGapSeconds = v }, "A recorded pause longer than this ends a journey"),
        ];
        return keys.Select(key => key.When("devices.mobility.model", "trace"));
    }

    /// <summary>Recorded CPU use.</summary>
    public static IEnumerable<ScenarioKey> CpuUse()
    {
        var background = new ScenarioSection<ServersSection>("servers.background.", s => s.Servers, (s, v) => s with { Servers = v });
        ScenarioKey[] keys =
        [
            background.Path("traces", "file or folder", s => s.BackgroundTraces, (s, v) => s with { BackgroundTraces = v },
                "CPU use of a machine a file; required where model = trace"),
            background.Text("trace-time-column", "column", s => s.BackgroundTraceTimeColumn, (s, v) => s with { BackgroundTraceTimeColumn = v },
                "Time in CPU traces: header name or number from 0; not set = recognised by usual names"),
            background.Choice("trace-time-form", s => s.BackgroundTraceTimeForm, (s, v) => s with { BackgroundTraceTimeForm = v },
                "What dates begin with; dates that begin with the year are read in any case"),
            background.Text("trace-value-column", "column", s => s.BackgroundTraceValueColumn, (s, v) => s with { BackgroundTraceValueColumn = v },
                "CPU use in CPU traces: header name or number from 0; not set = recognised by usual names"),
            background.Choice("trace-separator", s => s.BackgroundTraceSeparator, (s, v) => s with { BackgroundTraceSeparator = v },
                "What stands between the fields of CPU traces; auto = seen from the first line"),
            background.Choice("trace-unit", s => s.BackgroundTraceUnit, (s, v) => s with { BackgroundTraceUnit = v },
                "Unit of CPU use; auto = percent, or a fraction where no value of any trace is above 1"),
            background.Quantity("trace-step", Dimension.Time, new Bounds(0, 86_400, LowExcluded: true),
                s => s.BackgroundTraceStepSeconds, (s, v) => s with { BackgroundTraceStepSeconds = v },
                "Time from value to value in traces that are a number a line"),
        ];
        return keys.Select(key => key.When("servers.background.model", "trace"));
    }
}
