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

    /// <summary>What faults leave of the capacity in this slot, positive; 1 where none slows it down.</summary>
    public double CapacityFactor { get; set; } = 1;

    /// <summary>c, free capacity in this slot, hertz.</summary>
    public double FreeHertz => CapacityHertz * (1 - Background) * CapacityFactor;

    /// <summary>A fault has it down in this slot.</summary>
    public bool Down { get; set; }

    /// <summary>Work left over from the slot before, seconds (fifo only).</summary>
    public double CarriedSeconds { get; set; }

    /// <summary>Slots served so far, for each device whose service lives here.</summary>
    public Dictionary<int, int> Services { get; } = [];

    /// <summary>Submissions of this slot, in order of arrival; what is computed from them does not depend on it.</summary>
    public List<SubmitTasks> Submissions { get; } = [];

    /// <summary>What became of this slot's tasks, in the order of submissions; what is replied is a part of it.</summary>
    public ExecutedTask[] Executed = [];

    /// <summary>Services that leave in this slot, and where to.</summary>
    public List<(int To, ServiceState Service)> Moving { get; } = [];

    /// <summary>Devices that count here before slot 0.</summary>
    public int Presence { get; set; }

    /// <summary>Sequence number of the next sync.</summary>
    public int NextSync { get; set; }

    /// <summary>The twin asked for a full sync, and has not got it as far as this server knows.</summary>
    public bool ResyncDue { get; set; }

    /// <summary>While <see cref="ResyncDue"/>: sequence number of the first whole sync since the twin asked.</summary>
    public int FirstWhole { get; set; }

    /// <summary>What the twin was told last.</summary>
    public ToldState LastTold { get; set; }

    /// <summary>What the server was like in the last slot.</summary>
    public ToldState LastSlot { get; set; }

    /// <summary>With <c>decisions.on-desync = query</c>: placements less departures that stations reported in this slot.</summary>
    public int Changes { get; set; }
}
