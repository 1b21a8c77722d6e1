using Diten.Model.BaseStations;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.Offloading;

namespace Diten.Actors.Runtime;

/// <summary>Working memory of one thread, used within one message and never kept: a thousand stations need not own a batch each.</summary>
internal static class Scratch
{
    [ThreadStatic] private static DecisionBatch? _batch;
    [ThreadStatic] private static TaskSheet? _sheet;
    [ThreadStatic] private static List<TasksExecuted>? _replies;
    [ThreadStatic] private static List<ushort>? _bins;
    [ThreadStatic] private static List<MovingDevice>? _leaving;
    [ThreadStatic] private static byte[]? _bytes;

    public static TaskSheet Sheet => _sheet ??= new TaskSheet();

    public static List<TasksExecuted> Replies => _replies ??= [];

    public static List<ushort> Bins => _bins ??= [];

    public static List<MovingDevice> Leaving => _leaving ??= [];

    public static byte[] Bytes
    {
        get => _bytes ??= [];
        set => _bytes = value;
    }

    public static DecisionBatch Batch(int candidates) =>
        _batch is { } batch && batch.Candidates == candidates ? batch : _batch = new DecisionBatch(candidates);
}
