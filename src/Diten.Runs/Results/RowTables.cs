namespace Diten.Runs.Results;

/// <summary>Which tables of a row per entity and slot a run writes; reports may hold more, for a recording.</summary>
internal readonly record struct RowTables(bool Servers, bool Devices)
{
    /// <summary>All that reports hold.</summary>
    public static RowTables All => new(true, true);

    /// <summary>What was wished for.</summary>
    public static RowTables Of(RunStart start) => new(start.ServerRecords, start.DeviceRecordsEvery > 0);
}
