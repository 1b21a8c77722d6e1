using Diten.Model.BaseStations;

namespace Diten.Model.EdgeServers;

/// <summary>One task on its way to an edge server.</summary>
/// <param name="Device">Who sent it.</param>
/// <param name="Seat">Where its base station keeps the device; comes back with the outcome.</param>
/// <param name="Cycles">λ, CPU cycles.</param>
/// <param name="ArrivalSeconds">Arrival after the slot's start: uplink, propagation and, where it migrated, outage.</param>
/// <param name="ServiceFrom">Server that sends the service's state; <see cref="Here"/> or <see cref="WithTask"/>.</param>
public readonly record struct SubmittedTask(int Device, int Seat, double Cycles, double ArrivalSeconds, int ServiceFrom)
{
    /// <summary>The service is on this server already.</summary>
    public const int Here = -1;

    /// <summary>The service is new, or the device brings its state along.</summary>
    public const int WithTask = -2;
}

/// <summary>A service that leaves an edge server.</summary>
/// <param name="To">Server that takes its state over; −1 where the service ends or the device carries the state on.</param>
public readonly record struct LeavingService(int Device, int To);

/// <summary>Command: tasks and leaving services of one base station, of one slot, for one server. Tasks ascend by device id.</summary>
/// <param name="Station">Base station that decided.</param>
/// <param name="Tasks">The station's memory, as that of the services is, which it writes again when it submits the next slot's.</param>
public sealed record SubmitTasks(
    int Server, int Station, int Slot, ReadOnlyMemory<SubmittedTask> Tasks, ReadOnlyMemory<LeavingService> Leaving);

/// <summary>The state of one device's service on its way between servers.</summary>
/// <param name="SlotsServed">Slots that it has been served for.</param>
public readonly record struct ServiceState(int Device, int SlotsServed);

/// <summary>Command: the states of services move to this server, all that one server lets go to it in a slot (the second half of a migration).</summary>
public sealed record MigrateServices(int Server, int From, int Slot, IReadOnlyList<ServiceState> Services);

/// <summary>How one task was executed, for the base station that submitted it. Seconds.</summary>
public readonly record struct ExecutedTask(int Seat, double QueueingSeconds, double ComputationSeconds);

/// <summary>Reply to <see cref="SubmitTasks"/>, one a base station: its tasks in the order in which it sent them.</summary>
/// <param name="Tasks">The server's memory, which it writes again when it executes the next slot.</param>
public sealed record TasksExecuted(int Station, int Server, int Slot, ReadOnlyMemory<ExecutedTask> Tasks)
{
    /// <summary>The server was down: none of them has a result.</summary>
    public bool Lost { get; init; }

    /// <summary>With <c>decisions.answers = use</c>, and if the server is not down: what it was like, the same for all stations; else null.</summary>
    public ServerWord? Word { get; init; }
}

/// <summary>What a server says of itself with the answer to a task.</summary>
/// <param name="FreeHertz">c in this slot, hertz.</param>
/// <param name="Tasks">Tasks of all stations that ran there.</param>
public sealed record ServerWord(double FreeHertz, int Tasks);

/// <summary>To stations in reach, where regret is measured: what was true of a server in a slot. No policy sees it.</summary>
/// <param name="DeviationHertz">f̂ that was in force.</param>
/// <param name="Tasks">Tasks that were sent there; where it was down, all of them are lost.</param>
/// <param name="Down">It ran none.</param>
public sealed record ServerMeasured(int Server, int Slot, double FreeHertz, double DeviationHertz, int Tasks, bool Down);

/// <summary>To stations in reach, with <c>decisions.on-desync = query</c>: what a server answers if it is asked itself (model.md §10).</summary>
/// <param name="Slot">The slot that it is for.</param>
/// <param name="FreeHertz">c of the slot before.</param>
/// <param name="Tasks">Tasks of the slot before, and the changes of this one as stations reported them; at least 0.</param>
public sealed record ServerAnswer(int Server, int Slot, double FreeHertz, int Tasks);

/// <summary>What became of a server's syncs in a slot.</summary>
/// <param name="Sent">Syncs that it sent.</param>
/// <param name="Lost">Of these, lost for good.</param>
/// <param name="Late">Of these, delayed.</param>
/// <param name="Duplicated">Of these, delivered twice.</param>
/// <param name="Refused">Syncs that arrived in this slot and were broken.</param>
/// <param name="OnTheirWay">Syncs that have not arrived by the end of the slot.</param>
public readonly record struct SyncCounts(int Sent, int Lost, int Late, int Duplicated, int Refused, int OnTheirWay);

/// <summary>Command, before slot 0: how many devices of one base station count at this server to begin with.</summary>
public sealed record CountPresence(int Server, int Devices);

/// <summary>What was true of a server in a slot; for tables and totals.</summary>
public readonly record struct ServerFacts(
    int Server, double CapacityHertz, double FreeHertz, int Tasks, double Utilisation, double DeviationHertz)
{
    /// <summary>A fault has it down: what tasks it was sent are lost.</summary>
    public bool Down { get; init; }

    /// <summary>Work left over that a fault took away, seconds (fifo).</summary>
    public double QueueLostSeconds { get; init; }

    public SyncCounts Syncs { get; init; }
}
