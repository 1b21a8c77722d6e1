using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Diten.Model.Computing;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.EdgeServers;

/// <summary>The rules of an edge server: it hosts services and shares its CPU among a slot's tasks. How it keeps its twin in sync: <see cref="ServerSync"/>.</summary>
public static class EdgeServer
{
    /// <summary>Takes in what one base station submits for this slot.</summary>
    public static void Admit(EdgeServerState state, SubmitTasks submission) => state.Submissions.Add(submission);

    /// <summary>Lets the services leave that base stations moved elsewhere; returns what goes to their new servers, one message a server.</summary>
    /// <exception cref="InvariantViolatedException">A service that should leave does not live here.</exception>
    public static List<MigrateServices> ReleaseServices(EdgeServerState state)
    {
        var (moving, slot) = (state.Moving, 0);
        moving.Clear();
        foreach (var submission in state.Submissions)
        {
            slot = submission.Slot;
            foreach (var leaving in submission.Leaving.Span)
            {
                if (!state.Services.Remove(leaving.Device, out var served))
                    throw new InvariantViolatedException(
                        $"Server {state.Server}, slot {submission.Slot}: the service of device {leaving.Device} should leave, but does not live here.");
                if (leaving.To >= 0)
                    moving.Add((leaving.To, new ServiceState(leaving.Device, served)));
            }
        }

        moving.Sort(static (a, b) => a.To != b.To ? a.To.CompareTo(b.To) : a.Service.Device.CompareTo(b.Service.Device));
        var messages = new List<MigrateServices>();
        for (int from = 0, to; from < moving.Count; from = to)
        {
            for (to = from + 1; to < moving.Count && moving[to].To == moving[from].To;)
                to++;
            var services = new ServiceState[to - from];
            for (var i = 0; i < services.Length; i++)
                services[i] = moving[from + i].Service;
            messages.Add(new MigrateServices(moving[from].To, state.Server, slot, services));
        }

        return messages;
    }

    /// <summary>Takes over the services that another server let go.</summary>
    /// <exception cref="InvariantViolatedException">One of them lives here already.</exception>
    public static void Host(EdgeServerState state, MigrateServices arriving)
    {
        for (var i = 0; i < arriving.Services.Count; i++)
        {
            var service = arriving.Services[i];
            if (!state.Services.TryAdd(service.Device, service.SlotsServed))
                throw new InvariantViolatedException(
                    $"Server {state.Server}, slot {arriving.Slot}: the service of device {service.Device} arrives, but lives here already.");
        }
    }

    /// <summary>
    /// Executes the tasks of a slot and answers one batch a base station. A server that is down takes in tasks and services and loses the tasks;
    /// its background goes on, and work left over stands still.
    /// </summary>
    /// <param name="sheet">Scratch memory.</param>
    /// <param name="replies">Receives a reply for each submission with tasks.</param>
    /// <returns>What was true of the server in this slot.</returns>
    /// <exception cref="InvariantViolatedException">A task's service is not here, or shares exceed the free capacity.</exception>
    public static ServerFacts Execute(
        EdgeServerState state, World world, int slot, TaskSheet sheet, List<TasksExecuted> replies)
    {
        var lostSeconds = BeginSlot(state, world, slot);
        Collect(state, world.Scenario, sheet, replies);
        sheet.Sort();

        var deviation = DeviationInForceHertz(world.Scenario, state.Server, slot);
        var cycles = state.Down ? 0 : Run(state, world.Scenario, slot, sheet, deviation);
        state.Submissions.Clear();
        (state.LastSlot, state.Changes) = (new ToldState(slot, state.FreeHertz, sheet.Count), 0);
        var utilisation = Math.Min(1, state.Background + cycles / (state.CapacityHertz * world.Scenario.SlotLengthSeconds));
        return new ServerFacts(state.Server, state.CapacityHertz, state.FreeHertz, sheet.Count, utilisation, deviation)
        {
            Down = state.Down,
            QueueLostSeconds = lostSeconds,
        };
    }

    /// <summary>Before slot 0, when no fault is in force yet: what the server is like, with the devices that count here for tasks.</summary>
    public static void Prime(EdgeServerState state) => state.LastSlot = new ToldState(-1, state.FreeHertz, state.Presence);

    /// <summary>What the server remembers between two slots.</summary>
    public static EdgeServerSaved Save(EdgeServerState state, Scenario scenario) => new(
        state.Server, state.Background, state.CarriedSeconds,
        [.. state.Services.OrderBy(s => s.Key).Select(s => new ServiceState(s.Key, s.Value))], state.NextSync, state.ResyncDue)
    {
        FirstWhole = state.ResyncDue ? state.FirstWhole : 0,
        LastTold = scenario.Twins.Send == TwinSend.OnChange ? state.LastTold : default,
        LastSlot = scenario.Decisions.OnDesync == DesyncResponse.Query ? state.LastSlot : default,
    };

    /// <summary>Makes a new server what another one was when it was saved.</summary>
    public static void Restore(EdgeServerState state, EdgeServerSaved saved)
    {
        (state.Background, state.CarriedSeconds) = (saved.Background, saved.CarriedSeconds);
        (state.NextSync, state.ResyncDue, state.FirstWhole) = (saved.NextSync, saved.ResyncDue, saved.FirstWhole);
        (state.LastTold, state.LastSlot) = (saved.LastTold, saved.LastSlot);
        state.Services.Clear();
        foreach (var service in saved.Services)
            state.Services.Add(service.Device, service.SlotsServed);
    }

    /// <summary>f̂ that acts on what really happens: the injected one, where it is on the server's side; hertz.</summary>
    public static double DeviationInForceHertz(Scenario scenario, int server, int slot) =>
        scenario.Twins is { DeviationSource: DeviationSource.Injected, DeviationSide: DeviationSide.Server }
            ? ServerTwin.InjectedDeviationHertz(scenario, server, slot)
            : 0;

    /// <summary>Background and faults of a slot that begins.</summary>
    /// <returns>Work left over that a fault took away, seconds.</returns>
    private static double BeginSlot(EdgeServerState state, World world, int slot)
    {
        if (slot > 0)
            state.Background = world.Background.Next(state.Background, state.Server, slot);
        if (!world.Faults.Strikes(FaultWhat.Servers))
            return 0;
        state.Down = world.Faults.IsDown(EntityKind.Server, state.Server, slot);
        state.CapacityFactor = world.Faults.CapacityFactor(state.Server, slot);
        if (!world.Faults.LosesQueue(state.Server, slot))
            return 0;
        var lostSeconds = state.CarriedSeconds;
        state.CarriedSeconds = 0;
        return lostSeconds;
    }

    /// <summary>Runs the tasks of a sheet and fills in what is replied.</summary>
    /// <returns>Work of the tasks, CPU cycles.</returns>
    private static double Run(
        EdgeServerState state, Scenario scenario, int slot, TaskSheet sheet, double deviationHertz)
    {
        if (sheet.Count == 0)
        {
            state.CarriedSeconds = Math.Max(0, state.CarriedSeconds - scenario.SlotLengthSeconds);
            return 0;
        }

        var executed = state.Executed;
        var sharing = scenario.Servers.Sharing;
        state.CarriedSeconds = TaskExecution.Run(
            sharing, sheet, state.FreeHertz, deviationHertz, state.CarriedSeconds, scenario.SlotLengthSeconds);
        CheckShares(state, sharing, sheet.PeakSharesHertz, slot);
        var cycles = 0.0;
        for (var i = 0; i < sheet.Count; i++)
        {
            cycles += sheet.Cycles[i];
            ref var task = ref executed[sheet.Places[i]];
            task = new ExecutedTask(task.Seat, sheet.QueueingSeconds[i], sheet.ComputationSeconds[i]);
        }

        return cycles;
    }

    private static void Collect(EdgeServerState state, Scenario scenario, TaskSheet sheet, List<TasksExecuted> replies)
    {
        var count = 0;
        foreach (var submission in state.Submissions)
            count += submission.Tasks.Length;
        sheet.Begin(count);
        replies.Clear();
        if (state.Executed.Length < count)
            state.Executed = new ExecutedTask[count + count / 2];
        var word = scenario.Decisions.Answers == AnswerUse.Use && !state.Down ? new ServerWord(state.FreeHertz, count) : null;
        var at = 0;
        for (var from = 0; from < state.Submissions.Count; from++)
        {
            var submission = state.Submissions[from];
            var tasks = submission.Tasks.Span;
            replies.Add(new TasksExecuted(submission.Station, state.Server, submission.Slot, state.Executed.AsMemory(at, tasks.Length))
            {
                Lost = state.Down,
                Word = word,
            });
            foreach (ref readonly var task in tasks)
            {
                Admit(state, task, submission.Slot);
                state.Executed[at++] = new ExecutedTask(task.Seat, 0, 0);
                sheet.Add(task.Device, task.Cycles, task.ArrivalSeconds);
            }
        }
    }

    /// <summary>Counts a slot of the service that a task belongs to, and starts it where it comes with the task. A slot in which the server is
    /// down is not one that it served.</summary>
    private static void Admit(EdgeServerState state, in SubmittedTask task, int slot)
    {
        var serves = state.Down ? 0 : 1;
        if (task.ServiceFrom == SubmittedTask.WithTask)
        {
            if (!state.Services.TryAdd(task.Device, serves))
                throw new InvariantViolatedException(
                    $"Server {state.Server}, slot {slot}: device {task.Device} starts a service that lives here already.");
            return;
        }

        ref var served = ref CollectionsMarshal.GetValueRefOrNullRef(state.Services, task.Device);
        if (Unsafe.IsNullRef(ref served))
            throw new InvariantViolatedException(
                $"Server {state.Server}, slot {slot}: device {task.Device} has a task here, but its service has not arrived.");
        served += serves;
    }

    /// <summary>No server hands out more CPU than it has (but where tasks run as if each were alone).</summary>
    private static void CheckShares(EdgeServerState state, CpuSharing sharing, double sharesHertz, int slot)
    {
        if (sharing != CpuSharing.Exclusive && sharesHertz > state.FreeHertz * (1 + 1e-12))
            throw new InvariantViolatedException(
                $"Server {state.Server}, slot {slot}: shares of {sharesHertz} Hz exceed the free capacity of {state.FreeHertz} Hz.");
    }
}
