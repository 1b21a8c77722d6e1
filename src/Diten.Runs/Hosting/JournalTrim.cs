using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Diten.Runs.Hosting;

/// <summary>Takes out of a journal what nobody needs once a run is complete.</summary>
internal static class JournalTrim
{
    /// <summary>Deletes the run's checkpoints and snapshots; what its twins believed stays.</summary>
    /// <param name="shrink">Whether the database is this run's alone, and is made as small as what is left.</param>
    /// <returns>Why it could not be done: it costs space, and that is all; null = it was.</returns>
    public static string? AfterCompletion(JournalLocation location, string runId, bool shrink)
    {
        try
        {
            using var connection = JournalSettings.Open(location);
            Run(connection, "DELETE FROM snapshot WHERE substr(persistence_id, 1, @length) = @start", $"{runId}/");
            if (shrink)
                Run(connection, "VACUUM");
            return null;
        }
        catch (Exception refused) when (refused is DbException or IOException or UserErrorException)
        {
            return refused.Message;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private static void Run(DbConnection connection, string sql, string? start = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (start is not null)
        {
            Bind(command, "@start", start);
            Bind(command, "@length", start.Length);
        }

        command.ExecuteNonQuery();
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
