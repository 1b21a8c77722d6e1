using Diten.Model.ServerTwins;

namespace Diten.Model.SystemTwin;

/// <summary>One slot of the whole system as its twin knows it. Immutable by convention.</summary>
public sealed class RecordedSlot
{
    /// <summary>The slot of the emulation.</summary>
    public required int Slot { get; init; }

    /// <summary>By server: free capacity that its twin had published for the slot, hertz.</summary>
    public required double[] FreeHertz { get; init; }

    /// <summary>By server: f̂ that its twin had published for the slot, hertz.</summary>
    public required double[] DeviationHertz { get; init; }

    /// <summary>
    /// By server: tasks that its twin had published for the slot, i.e. those of the slot before, less those that recorded devices had there: load of
    /// whoever is not recorded, or what the twin errs by; may be negative. 0 in a first slot, whose predecessor nobody knows.
    /// </summary>
    public required int[] TasksOfOthers { get; init; }

    /// <summary>The devices, ascending by id; the same in all slots.</summary>
    public required DeviceSighting[] Devices { get; init; }

    /// <summary>Puts a slot together from what all zones report of it, in any order.</summary>
    /// <param name="before">The slot before; null = this is the first.</param>
    /// <exception cref="InvalidDataException">It does not tell of the servers 0, 1, 2 …, or not of the devices of the slot before.</exception>
    public static RecordedSlot Of(int slot, IReadOnlyList<SystemReport> reports, RecordedSlot? before)
    {
        TwinEstimate[] twins = [.. reports.SelectMany(report => report.Twins).OrderBy(twin => twin.Server)];
        DeviceSighting[] devices = [.. reports.SelectMany(report => report.Devices).OrderBy(device => device.Device)];
        for (var server = 0; server < twins.Length; server++)
            if (twins[server].Server != server)
                throw new InvalidDataException($"Slot {slot}: the twin of server {twins[server].Server} reports in place of that of server {server}.");
        if (before is not null && before.FreeHertz.Length != twins.Length)
            throw new InvalidDataException($"Slot {slot}: {twins.Length} twins report, after {before.FreeHertz.Length} in the slot before.");
        if (before is not null && !before.Devices.AsSpan().SequenceEqual(devices, SameDevice.Instance))
            throw new InvalidDataException($"Slot {slot}: stations report other devices than in the slot before.");

        var others = new int[twins.Length];
        if (before is not null)
        {
            for (var server = 0; server < others.Length; server++)
                others[server] = twins[server].Tasks;
            foreach (ref readonly var device in before.Devices.AsSpan())
                if (device.Covered)
                    others[device.Server]--;
        }

        return new RecordedSlot
        {
            Slot = slot,
            FreeHertz = Array.ConvertAll(twins, twin => twin.FreeHertz),
            DeviationHertz = Array.ConvertAll(twins, twin => twin.DeviationHertz),
            TasksOfOthers = others,
            Devices = devices,
        };
    }

    private sealed class SameDevice : IEqualityComparer<DeviceSighting>
    {
        public static readonly SameDevice Instance = new();

        public bool Equals(DeviceSighting a, DeviceSighting b) => a.Device == b.Device;

        public int GetHashCode(DeviceSighting device) => device.Device;
    }
}
