using Npgsql;

namespace Diten.Runs.Hosting;

/// <summary>The database that holds the journal and the checkpoints of a run. Never shows a password: see <see cref="Describe"/>.</summary>
public abstract record JournalLocation
{
    /// <summary>Environment variable that says where the journal is, as <c>--journal</c> does.</summary>
    public const string Variable = "DITEN_JOURNAL";

    private const string SqlitePrefix = "sqlite:", PostgresPrefix = "postgres:";

    private const string Allowed =
        "write sqlite:PATH, or a PostgreSQL connection string such as Host=db.example.org;Database=diten;Username=diten";

    private protected JournalLocation()
    {
    }

    /// <summary>Reads a location from a configuration file or a command line.</summary>
    /// <param name="text"><c>sqlite:PATH</c> (relative to the working folder), or Npgsql's <c>Host=…;Database=…</c>, with or without
    /// <c>postgres:</c> before it.</param>
    /// <exception cref="FormatException">It is neither; the message says what is allowed, and holds nothing of a password.</exception>
    public static JournalLocation Parse(string text)
    {
        text = text.Trim();
        if (text.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase))
            return Sqlite(text[SqlitePrefix.Length..].Trim());
        if (text.StartsWith(PostgresPrefix, StringComparison.OrdinalIgnoreCase))
            return Postgres(text[PostgresPrefix.Length..].Trim());
        // What holds '=' or '@' may hold a password: it is not repeated.
        return text.Contains('=') ? Postgres(text)
            : throw new FormatException($"This is no place for a journal{(text.Contains('@') ? "" : $": \"{text}\"")}; {Allowed}.");
    }

    /// <summary>Reads a location as <see cref="Parse(string)"/> does.</summary>
    /// <param name="origin">Where it was written: key, option or variable.</param>
    /// <exception cref="UserErrorException">It is none; the message names the origin.</exception>
    public static JournalLocation Parse(string text, string origin)
    {
        try
        {
            return Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException($"{origin}: {wrong.Message}");
        }
    }

    /// <summary>What an option was given, or else <see cref="Variable"/> says; null = nothing, or nowhere.</summary>
    /// <exception cref="UserErrorException">It is no place for a journal.</exception>
    public static JournalLocation? Chosen(string? option) => option is not null
        ? (option.Length == 0 ? null : Parse(option, "--journal"))
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Parse(text, Variable) : null;

    /// <summary>What <see cref="Parse(string)"/> reads; it may hold a password.</summary>
    public abstract string ToText();

    /// <summary>Names the database for a person: kind, place and user, but no password.</summary>
    public abstract string Describe();

    /// <inheritdoc cref="Describe"/>
    public sealed override string ToString() => Describe();

    private static SqliteJournal Sqlite(string path)
    {
        if (path.Length == 0)
            throw new FormatException($"sqlite: lacks the path of a file; {Allowed}.");
        if (Directory.Exists(path))
            throw new FormatException($"sqlite:{path} is a folder, and a journal is one file; {Allowed}.");
        return new SqliteJournal(Path.GetFullPath(path));
    }

    private static PostgresJournal Postgres(string connectionString)
    {
        NpgsqlConnectionStringBuilder read;
        try
        {
            read = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidCastException)
        {
            // Neither the message nor the exception goes on: either may quote what was written.
            throw new FormatException($"The PostgreSQL connection string cannot be read; {Allowed}.");
        }
        string[] missing = [.. Missing("Host", read.Host), .. Missing("Database", read.Database)];
        return missing.Length == 0 ? new PostgresJournal(connectionString)
            : throw new FormatException($"The PostgreSQL connection string lacks {string.Join(" and ", missing)}; {Allowed}.");
    }

    private static string[] Missing(string key, string? value) => string.IsNullOrWhiteSpace(value) ? [key] : [];
}

/// <summary>A file on this machine, shared by all nodes that run on it.</summary>
/// <param name="File">Its path; the program's working folder counts if it is relative.</param>
public sealed record SqliteJournal(string File) : JournalLocation
{
    /// <inheritdoc/>
    public override string ToText() => "sqlite:" + File;

    /// <inheritdoc/>
    public override string Describe() => $"SQLite file {File}";
}

/// <summary>A PostgreSQL server, for nodes on several machines.</summary>
/// <param name="ConnectionString">As Npgsql reads it; it may hold a password.</param>
internal sealed record PostgresJournal(string ConnectionString) : JournalLocation
{
    /// <inheritdoc/>
    public override string ToText() => ConnectionString;

    /// <inheritdoc/>
    public override string Describe()
    {
        var read = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"PostgreSQL database {read.Database} on {read.Host}:{read.Port}{(read.Username is null ? "" : $" as {read.Username}")}";
    }
}
