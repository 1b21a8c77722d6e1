using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>How a person says where the journal is, and what is said back.</summary>
public sealed class JournalLocationTests
{
    [Fact]
    public void A_path_after_sqlite_is_a_file_whatever_folder_the_reader_works_in()
    {
        var location = JournalLocation.Parse(" sqlite:runs/journal.db ");

        Assert.Equal(new SqliteJournal(Path.GetFullPath("runs/journal.db")), location);
        Assert.Equal($"SQLite file {Path.GetFullPath("runs/journal.db")}", location.Describe());
    }

    [Theory]
    [InlineData("Host=db;Database=diten;Username=ada;Password=s3cret")]
    [InlineData("postgres:Host=db;Database=diten;Username=ada;Password=s3cret")]
    [InlineData("POSTGRES: Host=db;Database=diten;Username=ada;Password=s3cret")]
    public void A_connection_string_is_PostgreSQL_and_its_password_is_never_shown(string text)
    {
        var location = JournalLocation.Parse(text);

        Assert.Equal("Host=db;Database=diten;Username=ada;Password=s3cret", Assert.IsType<PostgresJournal>(location).ConnectionString);
        Assert.Equal("PostgreSQL database diten on db:5432 as ada", location.Describe());
        Assert.Equal(location.Describe(), $"{location}");
        Assert.DoesNotContain("s3cret", JournalSettings.For(location).ToString());
    }

    [Theory]
    [InlineData("journal.db", "This is no place for a journal: \"journal.db\"; write sqlite:PATH, or")]
    [InlineData("", "This is no place for a journal: \"\"; write sqlite:PATH, or")]
    [InlineData("sqlite:", "sqlite: lacks the path of a file; write")]
    [InlineData("sqlite:/", "sqlite:/ is a folder, and a journal is one file; write")]
    [InlineData("Host=db;Username=ada;Password=s3cret", "The PostgreSQL connection string lacks Database; write")]
    [InlineData("postgres:", "The PostgreSQL connection string lacks Host and Database; write")]
    [InlineData("Host=db;Pass=s3cret;Database=diten", "The PostgreSQL connection string cannot be read; write")]
    [InlineData("Host=db;Port=s3cret;Database=diten", "The PostgreSQL connection string cannot be read; write")]
    [InlineData("postgres://ada:s3cret@db/diten", "The PostgreSQL connection string cannot be read; write")]
    [InlineData("postgresql://ada:s3cret@db/diten", "This is no place for a journal; write")]
    public void Anything_else_is_an_error_that_says_what_is_allowed_and_repeats_no_password(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => JournalLocation.Parse(text));

        Assert.StartsWith(message, error.Message);
        Assert.DoesNotContain("s3cret", error.ToString());
    }
}
