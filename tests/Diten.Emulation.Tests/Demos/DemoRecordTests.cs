using System.Text.Json;
using System.Text.Json.Nodes;
using Diten.Emulation.Tests.Results;
using Diten.Runs;
using Diten.Runs.Demos;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Demos;

public sealed class DemoRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var record = Written();

        var read = DemoRecord.Read(_folder.Path);

        Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(read));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("acts")]
    [InlineData("name")]
    [InlineData("captions")]
    [InlineData("alone")]
    public void A_record_of_another_version_is_refused_whatever_it_leaves_out(string key)
    {
        Written();
        var path = _folder.At("demo.json");
        var json = JsonNode.Parse(SealedText.Read(path)!)!.AsObject();
        var left = json.ContainsKey(key) ? json : json["acts"]![0]!.AsObject();
        Assert.True(left.Remove(key));
        SealedText.Write(path, json.ToJsonString() + "\n");

        Assert.Contains("demo.json is damaged", Assert.Throws<UserErrorException>(() => DemoRecord.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private DemoRecord Written()
    {
        var record = new DemoRecord("Try", [new("one", "First", new() { [0] = "Look." }, "aa11", null), new("two", "Second", new() { [3] = "Once more." }, null, null)]);
        record.Write(_folder.Path);
        return record;
    }
}
