using System.Text;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>Files that ask for too much are told so, in one short message, before they get it.</summary>
public sealed class ScenarioLimitsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diten-limits-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The one message that a scenario gets, and a node's configuration of the same text, too.</summary>
    private string Message(string text)
    {
        var path = Write("test.conf", text);
        var error = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Load(path, [], null)).Lines);
        Assert.InRange(error.Length, 1, 1000);
        Assert.Equal(error, Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(path)).Message);
        return error;
    }

    [Fact]
    public void A_substitution_of_itself() =>
        Assert.Contains("test.conf, line 1: found a circle of substitutions, slots → slots; allowed: ", Message("slots = ${slots}"));

    [Fact]
    public void Substitutions_in_a_circle() =>
        Assert.Contains("test.conf, line 2: found a circle of substitutions, slots → seed → slots; allowed: ", Message("slots = ${seed}\nseed = ${slots}"));

    [Fact]
    public void Substitutions_that_grow_tenfold_a_line()
    {
        var text = new StringBuilder($"a0=\"{new string('x', 200)}\"\n");
        for (var i = 1; i < 10; i++) text.Append($"a{i}={string.Concat(Enumerable.Repeat($"${{a{i - 1}}}", 10))}\n");

        Assert.Contains("test.conf, line 4: found pieces and substitutions that make a value of more than 65536 characters", Message(text.ToString()));
    }

    [Fact]
    public void Objects_that_double_a_line()
    {
        var text = new StringBuilder("a0 { x = 1 }\n");
        for (var i = 1; i < 60; i++) text.Append($"a{i} {{ x = ${{a{i - 1}}}, y = ${{a{i - 1}}} }}\n");

        Assert.Contains("found substitutions that come to more than 100000 values", Message(text.ToString()));
    }

    [Fact]
    public void Optional_substitutions_that_double_a_line()
    {
        var text = new StringBuilder();
        for (var i = 1; i < 60; i++) text.Append($"a{i} = ${{?a{i - 1}}}${{?a{i - 1}}}\n");

        Assert.Contains("found substitutions that come to more than 100000 values", Message(text.ToString()));
    }

    [Fact]
    public void A_long_text_that_is_taken_over_again_and_again() => Assert.Contains(
        "found substitutions that come to more than 8388608 characters",
        Message($"a = {new string('x', 60_000)}\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"b{i} = ${{a}}\n"))));

    [Fact]
    public void A_long_chain_of_substitutions()
    {
        var text = new StringBuilder("b0 = 1\n");
        for (var i = 1; i < 20_000; i++) text.Append($"b{i} = ${{b{i + 1}}}\n");

        Assert.Contains("found substitutions and keys more than 64 deep", Message(text.ToString()));
    }

    [Fact]
    public void A_value_that_is_appended_to_a_thousand_times() =>
        Assert.Contains("found substitutions and keys more than 64 deep", Message("a = x\n" + string.Concat(Enumerable.Repeat("a = ${a}x\n", 1000))));

    [Theory]
    [InlineData("", "a{")]
    [InlineData("a=", "[")]
    [InlineData("", "a{b=[{")]
    public void Twenty_thousand_braces(string before, string piece) =>
        Assert.Contains("test.conf, line 1: found more than 32 braces and brackets within one another; allowed: at most 32.", Message(before + string.Concat(Enumerable.Repeat(piece, 20_000))));

    [Fact]
    public void A_key_of_many_parts() => Assert.Contains("found a key of 20000 parts; allowed: at most 32.", Message(string.Join('.', Enumerable.Repeat("a", 20_000)) + " = 1"));

    [Fact]
    public void A_value_of_a_megabyte_is_not_echoed() => Assert.Contains("found a value of 1000000 characters", Message("slots = " + new string('x', 1_000_000)));

    [Fact]
    public void A_text_where_a_key_should_be_is_not_echoed() => Assert.Contains("found a key of 1000000 characters", Message(new string('x', 1_000_000)));

    [Fact]
    public void A_long_key_of_many_others() => Assert.Contains(
        "found a key of 400000 characters", Message(new string('x', 400_000) + " {\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"k{i}=1\n")) + "}"));

    [Fact]
    public void A_value_that_is_only_too_long_for_a_message_is_shortened()
    {
        var path = Write("test.conf", "slots = " + new string('x', 60_000));

        var line = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Load(path, [], null)).Lines);

        Assert.Contains("characters) …", line);
        Assert.InRange(line.Length, 1, 1000);
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte() =>
        Assert.Contains("test.conf', which is larger than 1048576 bytes; allowed: smaller files", Message("# " + new string('x', 1 << 20)));

    [Fact]
    public void Many_unknown_keys_are_counted_and_not_all_told()
    {
        var path = Write("test.conf", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}=1\n")));

        var wrong = Assert.Throws<ScenarioException>(() => ScenarioFile.Load(path, [], null));

        Assert.Equal(21, wrong.Lines.Count);
        Assert.Equal("99980 more like these.", wrong.Lines[^1]);
        Assert.InRange(wrong.Message.Length, 1, 10_000);
    }

    [Fact]
    public void A_circle_of_includes()
    {
        Write("other.conf", "\ninclude \"test.conf\"\n");

        Assert.Contains("other.conf, line 2: found include of 'test.conf', which includes this file", Message("include \"other.conf\""));
    }

    [Fact]
    public void Includes_that_double_a_file()
    {
        for (var i = 0; i < 10; i++) Write($"i{i}.conf", i == 9 ? "seed = 1\n" : $"include \"i{i + 1}.conf\"\ninclude \"i{i + 1}.conf\"\n");

        Assert.Contains("found more than 100 includes; allowed: at most 100 in all", Message("include \"i0.conf\""));
    }

    [Fact]
    public void Includes_in_a_long_row()
    {
        for (var i = 0; i < 30; i++) Write($"i{i}.conf", $"include \"i{i + 1}.conf\"\n");

        Assert.Contains("i15.conf, line 1: found more than 16 files that include one another", Message("include \"i0.conf\""));
    }

    [Fact]
    public void Includes_that_are_large_together()
    {
        Write("large.conf", "# " + new string('x', 1_000_000));

        Assert.Contains("found includes that come to more than 8388608 characters", Message(string.Concat(Enumerable.Repeat("include \"large.conf\"\n", 9))));
    }

    [SkippableFact]
    public void A_file_without_an_end()
    {
        Skip.IfNot(File.Exists("/dev/zero"), "this system has no /dev/zero");

        Assert.Contains("'/dev/zero', which is larger than 1048576 bytes", Message("include \"/dev/zero\""));
    }

    [SkippableFact]
    public void A_file_that_cannot_be_read_is_wrong_input()
    {
        Skip.IfNot(File.Exists("/proc/self/mem"), "this system has no file that exists and cannot be read by anybody");

        Assert.Contains("/proc/self/mem', which cannot be read (", Message("include \"/proc/self/mem\""));
    }
}
