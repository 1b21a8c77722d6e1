using System.Runtime.Serialization;
using Diten.Model;
using Diten.Model.EdgeServers;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Messages that go to many stations: each is written once, and who gets which.</summary>
internal sealed class SharedMails<T>
    where T : class
{
    private readonly Contracts.SharedMails _table = new();
    private readonly List<T> _messages = [];
    private readonly Dictionary<T, int> _rows = new(ReferenceEqualityComparer.Instance);
    private DeltaWriter _station, _message;
    private int _last = -1;

    public SharedMails() => (_station, _message) = (new(_table.Station), new(_table.Message));

    public void Add(int station, T message)
    {
        // Told to one station after the other. By reference: == takes 0 and −0.0 for the same.
        if ((_last < 0 || !ReferenceEquals(_messages[_last], message)) && !_rows.TryGetValue(message, out _last))
        {
            _rows[message] = _last = _messages.Count;
            _messages.Add(message);
        }

        _station.Add(station);
        _message.Add(_last);
    }

    /// <summary>Who gets which, and the messages.</summary>
    public (Contracts.SharedMails Table, IReadOnlyList<T> Messages) Finish()
    {
        Fold(_table.Message);
        return (_table, _messages);
    }

    public static void Read(Contracts.SharedMails? table, T[] messages, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = table.Station.Count;
        var (station, message) = (new DeltaReader(table.Station, rows), new DeltaReader(table.Message, rows));
        for (var row = 0; row < rows; row++)
        {
            var at = message.Next();
            if ((uint)at >= (uint)messages.Length)
                throw new SerializationException($"There is no {typeof(T).Name} {at} among {messages.Length}.");
            mails.Add(new ZoneMail(EntityKind.Station, station.Next(), messages[at]));
        }
    }
}

/// <summary>What was true of servers, on its way to stations.</summary>
internal static class MeasuredMails
{
    public static Contracts.MeasuredMails Write(SharedMails<ServerMeasured> mails, int exchangeSlot)
    {
        var (shared, messages) = mails.Finish();
        var table = new Contracts.MeasuredMails { Mails = shared };
        var server = new DeltaWriter(table.Server);
        foreach (var message in messages)
        {
            server.Add(message.Server);
            table.Slot.Add(unchecked(message.Slot - exchangeSlot));
            table.Tasks.Add(message.Tasks);
            table.Down.Add(message.Down ? 1 : 0);
            table.FreeHertz.Add(message.FreeHertz);
            table.DeviationHertz.Add(message.DeviationHertz);
        }

        Fold(table.Slot, table.Tasks, table.Down);
        Fold(table.FreeHertz, table.DeviationHertz);
        return table;
    }

    public static void Read(Contracts.MeasuredMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = new ServerMeasured[table.Server.Count];
        var (server, slot) = (new DeltaReader(table.Server, rows.Length), new ColumnReader<int>(table.Slot, rows.Length));
        var (tasks, down) = (new ColumnReader<int>(table.Tasks, rows.Length), new ColumnReader<int>(table.Down, rows.Length));
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var deviation = new ColumnReader<double>(table.DeviationHertz, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new ServerMeasured(
                server.Next(), unchecked(slot.Next() + exchangeSlot), free.Next(), deviation.Next(), tasks.Next(), ToBool(down.Next()));
        SharedMails<ServerMeasured>.Read(table.Mails, rows, mails);
    }
}

/// <summary>What servers answer if they are asked themselves, on its way to stations.</summary>
internal static class AnswerMails
{
    public static Contracts.AnswerMails Write(SharedMails<ServerAnswer> mails, int exchangeSlot)
    {
        var (shared, messages) = mails.Finish();
        var table = new Contracts.AnswerMails { Mails = shared };
        var server = new DeltaWriter(table.Server);
        foreach (var message in messages)
        {
            server.Add(message.Server);
            table.Slot.Add(unchecked(message.Slot - exchangeSlot));
            table.Tasks.Add(message.Tasks);
            table.FreeHertz.Add(message.FreeHertz);
        }

        Fold(table.Slot, table.Tasks);
        Fold(table.FreeHertz);
        return table;
    }

    public static void Read(Contracts.AnswerMails? table, int exchangeSlot, List<ZoneMail> mails)
    {
        if (table is null)
            return;
        var rows = new ServerAnswer[table.Server.Count];
        var (server, slot) = (new DeltaReader(table.Server, rows.Length), new ColumnReader<int>(table.Slot, rows.Length));
        var (tasks, free) = (new ColumnReader<int>(table.Tasks, rows.Length), new ColumnReader<double>(table.FreeHertz, rows.Length));
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new ServerAnswer(server.Next(), unchecked(slot.Next() + exchangeSlot), free.Next(), tasks.Next());
        SharedMails<ServerAnswer>.Read(table.Mails, rows, mails);
    }
}
