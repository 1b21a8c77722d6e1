using Diten.Model;
using Diten.Model.EdgeServers;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Tasks and leaving services on their way to servers.</summary>
internal sealed class SubmissionMails
{
    private readonly int _slot;
    private readonly Contracts.SubmissionMails _table = new();
    private DeltaWriter _server, _station, _device, _seat, _leaving;

    public SubmissionMails(int slot)
    {
        (_slot, _server, _station) = (slot, new(_table.Server), new(_table.Station));
        (_device, _seat, _leaving) = (new(_table.TaskDevice), new(_table.TaskSeat), new(_table.LeavingDevice));
    }

    public void Add(SubmitTasks submission)
    {
        _server.Add(submission.Server);
        _station.Add(submission.Station);
        _table.Slot.Add(unchecked(submission.Slot - _slot));
        _table.Tasks.Add(submission.Tasks.Length);
        foreach (ref readonly var task in submission.Tasks.Span)
        {
            _device.Add(task.Device);
            _seat.Add(task.Seat);
            _table.TaskServiceFrom.Add(task.ServiceFrom);
            _table.TaskCycles.Add(task.Cycles);
            _table.TaskArrivalSeconds.Add(task.ArrivalSeconds);
        }

        _table.Leaving.Add(submission.Leaving.Length);
        foreach (ref readonly var leaving in submission.Leaving.Span)
        {
            _leaving.Add(leaving.Device);
            _table.LeavingTo.Add(leaving.To);
        }
    }

    public Contracts.SubmissionMails Finish()
    {
        Fold(_table.Station, _table.Slot, _table.Tasks, _table.Leaving, _table.TaskSeat, _table.TaskServiceFrom, _table.LeavingTo);
        Fold(_table.TaskCycles, _table.TaskArrivalSeconds);
        return _table;
    }

    public static void Read(Contracts.SubmissionMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var (rows, taskRows, leavingRows) = (table.Server.Count, table.TaskDevice.Count, table.LeavingDevice.Count);
        CheckSum(table.Tasks, rows, taskRows);
        CheckSum(table.Leaving, rows, leavingRows);
        var (server, station) = (new DeltaReader(table.Server, rows), new DeltaReader(table.Station, rows));
        var slot = new ColumnReader<int>(table.Slot, rows);
        var (taskCount, leavingCount) = (new ColumnReader<int>(table.Tasks, rows), new ColumnReader<int>(table.Leaving, rows));
        var (device, seat) = (new DeltaReader(table.TaskDevice, taskRows), new DeltaReader(table.TaskSeat, taskRows));
        var serviceFrom = new ColumnReader<int>(table.TaskServiceFrom, taskRows);
        var cycles = new ColumnReader<double>(table.TaskCycles, taskRows);
        var arrival = new ColumnReader<double>(table.TaskArrivalSeconds, taskRows);
        var leavingDevice = new DeltaReader(table.LeavingDevice, leavingRows);
        var leavingTo = new ColumnReader<int>(table.LeavingTo, leavingRows);
        for (var row = 0; row < rows; row++)
        {
            var (tasks, leaving) = (new SubmittedTask[taskCount.Next()], new LeavingService[leavingCount.Next()]);
            for (var i = 0; i < tasks.Length; i++)
                tasks[i] = new SubmittedTask(device.Next(), seat.Next(), cycles.Next(), arrival.Next(), serviceFrom.Next());
            for (var i = 0; i < leaving.Length; i++)
                leaving[i] = new LeavingService(leavingDevice.Next(), leavingTo.Next());
            var message = new SubmitTasks(server.Next(), station.Next(), unchecked(slot.Next() + exchangeSlot), tasks, leaving);
            mails.Add(new ZoneMail(EntityKind.Server, message.Server, message));
        }
    }
}

/// <summary>Executed tasks on their way back to base stations.</summary>
internal sealed class ExecutionMails
{
    private readonly int _slot;
    private readonly Contracts.ExecutionMails _table = new();
    private DeltaWriter _station, _server, _seat;

    public ExecutionMails(int slot) =>
        (_slot, _station, _server, _seat) = (slot, new(_table.Station), new(_table.Server), new(_table.TaskSeat));

    public void Add(TasksExecuted execution)
    {
        _station.Add(execution.Station);
        _server.Add(execution.Server);
        _table.Slot.Add(unchecked(execution.Slot - _slot));
        _table.Tasks.Add(execution.Tasks.Length);
        _table.Lost.Add(execution.Lost ? 1 : 0);
        _table.HasWord.Add(execution.Word is null ? 0 : 1);
        _table.WordFreeHertz.Add(execution.Word?.FreeHertz ?? 0);
        _table.WordTasks.Add(execution.Word?.Tasks ?? 0);
        foreach (ref readonly var task in execution.Tasks.Span)
        {
            _seat.Add(task.Seat);
            _table.TaskQueueingSeconds.Add(task.QueueingSeconds);
            _table.TaskComputationSeconds.Add(task.ComputationSeconds);
        }
    }

    public Contracts.ExecutionMails Finish()
    {
        Fold(_table.Server, _table.Slot, _table.Tasks, _table.Lost, _table.HasWord, _table.WordTasks);
        Fold(_table.TaskQueueingSeconds, _table.TaskComputationSeconds, _table.WordFreeHertz);
        return _table;
    }

    public static void Read(Contracts.ExecutionMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var (rows, taskRows) = (table.Station.Count, table.TaskSeat.Count);
        CheckSum(table.Tasks, rows, taskRows);
        var (station, server) = (new DeltaReader(table.Station, rows), new DeltaReader(table.Server, rows));
        var (slot, count) = (new ColumnReader<int>(table.Slot, rows), new ColumnReader<int>(table.Tasks, rows));
        var seat = new DeltaReader(table.TaskSeat, taskRows);
        var queueing = new ColumnReader<double>(table.TaskQueueingSeconds, taskRows);
        var computation = new ColumnReader<double>(table.TaskComputationSeconds, taskRows);
        var (lost, hasWord) = (new ColumnReader<int>(table.Lost, rows), new ColumnReader<int>(table.HasWord, rows));
        var (free, all) = (new ColumnReader<double>(table.WordFreeHertz, rows), new ColumnReader<int>(table.WordTasks, rows));
        for (var row = 0; row < rows; row++)
        {
            var tasks = new ExecutedTask[count.Next()];
            for (var i = 0; i < tasks.Length; i++)
                tasks[i] = new ExecutedTask(seat.Next(), queueing.Next(), computation.Next());
            var (wordFree, wordTasks) = (free.Next(), all.Next());
            var message = new TasksExecuted(station.Next(), server.Next(), unchecked(slot.Next() + exchangeSlot), tasks)
            {
                Lost = ToBool(lost.Next()),
                Word = ToBool(hasWord.Next()) ? new ServerWord(wordFree, wordTasks) : null,
            };
            mails.Add(new ZoneMail(EntityKind.Station, message.Station, message));
        }
    }
}

/// <summary>Services on their way to other servers.</summary>
internal sealed class MigrationMails
{
    private readonly int _slot;
    private readonly Contracts.MigrationMails _table = new();
    private DeltaWriter _server, _from, _device;

    public MigrationMails(int slot) =>
        (_slot, _server, _from, _device) = (slot, new(_table.Server), new(_table.From), new(_table.ServiceDevice));

    public void Add(MigrateServices migration)
    {
        _server.Add(migration.Server);
        _from.Add(migration.From);
        _table.Slot.Add(unchecked(migration.Slot - _slot));
        _table.Services.Add(migration.Services.Count);
        for (var i = 0; i < migration.Services.Count; i++)
        {
            _device.Add(migration.Services[i].Device);
            _table.ServiceSlots.Add(migration.Services[i].SlotsServed);
        }
    }

    public Contracts.MigrationMails Finish()
    {
        Fold(_table.From, _table.Slot, _table.Services, _table.ServiceSlots);
        return _table;
    }

    public static void Read(Contracts.MigrationMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var (rows, serviceRows) = (table.Server.Count, table.ServiceDevice.Count);
        CheckSum(table.Services, rows, serviceRows);
        var (server, from) = (new DeltaReader(table.Server, rows), new DeltaReader(table.From, rows));
        var (slot, count) = (new ColumnReader<int>(table.Slot, rows), new ColumnReader<int>(table.Services, rows));
        var (device, served) = (new DeltaReader(table.ServiceDevice, serviceRows), new ColumnReader<int>(table.ServiceSlots, serviceRows));
        for (var row = 0; row < rows; row++)
        {
            var services = new ServiceState[count.Next()];
            for (var i = 0; i < services.Length; i++)
                services[i] = new ServiceState(device.Next(), served.Next());
            var message = new MigrateServices(server.Next(), from.Next(), unchecked(slot.Next() + exchangeSlot), services);
            mails.Add(new ZoneMail(EntityKind.Server, message.Server, message));
        }
    }
}
