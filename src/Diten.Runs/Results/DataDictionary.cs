namespace Diten.Runs.Results;

/// <summary>What stands in the tables of a run: <c>docs/data-dictionary.md</c>, and a copy in every run folder.</summary>
internal static class DataDictionary
{
    /// <summary>The whole text, Markdown; made from the definitions that the tables are written by.</summary>
    public static string Text { get; } = """
        # Data dictionary

        What stands in the tables of a run folder. Each table is there twice with the same content: as CSV (UTF-8, comma, a header line,
        LF, numbers in their shortest form that reads back to the same bits) and as Parquet. Seconds, metres, hertz and shares (0 to 1)
        throughout. Means of latency are over completed tasks (in time or late); a mean over nothing is NaN. Equation numbers are the
        paper's. Two runs of one scenario and seed write the same bytes on one platform and build.

        `servers` and `server_means` are there unless per-server records are off, `devices` only where devices are sampled, `faults` only
        where the scenario has any, `station_stretches` only where a station stands out. A training run has `training`, `journeys` and `faults`, and none of the others.

        Columns marked ° and the table `ages` are there only where twins are measured: where the scenario has faults, or uses anything else of
        section 10 of the model.

        Besides: `digests/stations.bin` holds a SHA-256 of every station's records of every slot: 8 bytes `DITENDIG`, then little-endian
        32-bit version (1), slots, stations and a reserved 0, then 32 bytes a station, slot after slot.


        """ + Tables.Describe();
}
