using Diten.Model.Randomness;
using Diten.Model.Worlds;

namespace Diten.Model.EdgeServers;

/// <summary>What an edge server remembers; changed by <see cref="EdgeServer"/> only.</summary>
public sealed class EdgeServerState
{
    public EdgeServerState(World world, int server)
    {
        Server = server;
        CapacityHertz = world.Scenario.Servers.FrequencyHertz.At(
            RandomStreams.Uniform(world.Scenario.Seed, server, 0, Purpose.Capacity));
        Background = world.Background.Initial(server);
    }

    public int Server { get; }

    /// <summary>F, hertz.</summary>
    public double CapacityHertz { get; }

    /// <summary>Utilisation by load that is not emulated, [0, 1).</summary>
    public double Background { get; set; }

    /// <summary>c, free capacity in this slot, hertz.</summary>
    public double FreeHertz => CapacityHertz * (1 - Background);

    /// <summary>Work left over from the slot before, seconds (fifo only).</summary>
    public double CarriedSeconds { get; set; }

    /// <summary>Slots served so far, for each device whose service lives here.</summary>
    public Dictionary<int, int> Services { get; } = [];

    /// <summary>Submissions of this slot, in order of arrival; what is computed from them does not depend on it.</summary>
    public List<SubmitTasks> Submissions { get; } = [];

    /// <summary>Devices that count here before slot 0.</summary>
    public int Presence { get; set; }

    /// <summary>Sequence number of the next sync.</summary>
    public int NextSync { get; set; }

    /// <summary>The twin asked for a full sync.</summary>
    public bool ResyncDue { get; set; }
}
