namespace Diten.Emulation.Tests.Execution;

/// <summary>Nothing that is read back is believed unchecked: a run with a bit that flipped goes on to the digest that it should have, or not at all.</summary>
public sealed class FlippedBitTests(ReadBack.StoppedOnce made) : ReadBack(made)
{
    [Theory]
    [InlineData("run.json", 20)]
    [InlineData("scenario.conf", 10)]
    [InlineData(Log, 10)]
    [InlineData(Database, 5)]
    public async Task A_bit_that_flips_in_a_file_changes_nothing_or_is_named(string file, int flips) => await Flip(file, flips, seed: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("run.json", 300)]
    [InlineData("scenario.conf", 100)]
    [InlineData(Log, 200)]
    [InlineData(Database, 120)]
    public async Task Hundreds_of_bits_that_flip_change_nothing_or_are_named(string file, int flips) => await Flip(file, flips, seed: 2);

    [Theory]
    [InlineData("journal", "message", 5)]
    [InlineData("snapshot", "snapshot", 5)]
    public async Task A_bit_that_flips_in_a_row_changes_nothing_or_is_named(string table, string column, int flips) => await FlipRows(table, column, flips, seed: 3);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("journal", "message", 40)]
    [InlineData("snapshot", "snapshot", 40)]
    public async Task Hundreds_of_bits_that_flip_in_rows_change_nothing_or_are_named(string table, string column, int flips) =>
        await FlipRows(table, column, flips, seed: 4);

    private async Task Flip(string file, int flips, int seed)
    {
        var random = new Random(seed);
        for (var flip = 0; flip < flips; flip++)
        {
            var copy = Town.Copy();
            var path = Path.Combine(copy, file);
            var bytes = File.ReadAllBytes(path);
            var bit = random.NextInt64(bytes.Length * 8L);
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(path, bytes);
            await ExpectTheSameOrARefusal(copy, $"bit {bit} of {file}");
        }
    }

    private async Task FlipRows(string table, string column, int flips, int seed)
    {
        var random = new Random(seed);
        for (var flip = 0; flip < flips; flip++)
        {
            var copy = Town.Copy();
            var (row, bit) = Sql(copy, connection =>
            {
                var rows = Convert.ToInt64(Scalar(connection, $"SELECT count(*) FROM {table}"));
                var row = Scalar(connection, $"SELECT rowid FROM {table} LIMIT 1 OFFSET {random.NextInt64(rows)}");
                var bytes = (byte[])Scalar(connection, $"SELECT {column} FROM {table} WHERE rowid = {row}");
                var bit = random.NextInt64(bytes.Length * 8L);
                bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                using var update = connection.CreateCommand();
                update.CommandText = $"UPDATE {table} SET {column} = @bytes WHERE rowid = {row}";
                update.Parameters.AddWithValue("@bytes", bytes);
                Assert.Equal(1, update.ExecuteNonQuery());
                return (row, bit);
            });
            await ExpectTheSameOrARefusal(copy, $"bit {bit} of row {row} of {table}");
        }
    }
}
