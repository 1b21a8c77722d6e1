using System.Globalization;
using Diten.Model.Scenarios;

namespace Diten.Runs.Execution;

/// <summary>
/// What a run will take of this machine, roughly. The figures are those of <c>docs/performance.md</c>, rounded down: what is refused cannot go well, and
/// what is not may still be too much.
/// </summary>
/// <param name="Devices">Mobile devices.</param>
/// <param name="Stations">Base stations; 0 where a file will tell.</param>
/// <param name="Processes">Processes besides this one.</param>
public sealed record RunSize(double Devices, double Stations, int Processes)
{
    private const double BytesAtRest = 100e6, BytesPerDevice = 1_200, BytesPerStation = 8_000, BytesPerProcess = 100e6;
    private const int ProcessesPerCore = 16;

    /// <summary>The size of a scenario.</summary>
    public static RunSize Of(Scenario scenario, int processes) => new(
        scenario.Devices.Count,
        scenario.Stations.Topology == StationLayout.Sites ? 0 : scenario.Stations.DensityPerSquareMetre * scenario.AreaSideMetres * scenario.AreaSideMetres,
        processes);

    /// <summary>Memory that it takes in all, bytes.</summary>
    public double Bytes => BytesAtRest + Devices * BytesPerDevice + Stations * BytesPerStation + Processes * BytesPerProcess;

    /// <summary>Memory that this process may still have, bytes: of the machine, or of the container that it is held in.</summary>
    public static double AvailableBytes()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Math.Min(limit, Free() ?? limit);
    }

    /// <summary>Refuses what this machine cannot hold.</summary>
    /// <param name="what">Name of what is to be run.</param>
    /// <param name="force">Try it all the same.</param>
    /// <exception cref="UserErrorException">It is too large, and not forced.</exception>
    public void Demand(string what, bool force)
    {
        if (!force && WhyNot(AvailableBytes(), Environment.ProcessorCount) is { } reason)
            throw new UserErrorException($"{what}: too large for this machine: {reason} --force tries it all the same.");
    }

    /// <summary>Why it had better not be tried; null where nothing speaks against it.</summary>
    /// <param name="availableBytes">See <see cref="AvailableBytes"/>.</param>
    /// <param name="cores">Processors of this machine.</param>
    public string? WhyNot(double availableBytes, int cores)
    {
        if (Bytes > availableBytes)
        {
            var parts = string.Join(", ", new[] { (Devices, "devices"), (Stations, "stations"), (Processes, "processes") }
                .Where(part => part.Item1 >= 1).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1:N0} {part.Item2}")));
            return string.Create(CultureInfo.InvariantCulture,
                $"{parts} need some {Bytes / 1e9:N1} GB of memory, and {availableBytes / 1e9:N1} GB are free here.");
        }
        return Processes <= cores * ProcessesPerCore
            ? null
            : FormattableString.Invariant($"{Processes} processes on {cores} cores: more than {ProcessesPerCore} a core hinder one another until none moves.");
    }

    /// <summary>Bytes that the system could hand out; null where it does not say.</summary>
    private static double? Free()
    {
        const string file = "/proc/meminfo", name = "MemAvailable:";
        if (!File.Exists(file)) return null;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var words = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words is [var number, ..] && double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024 : null;
    }
}
