using Diten.Runs.Scenarios.Hocon;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>What HOCON means, value by value.</summary>
public sealed class HoconTests
{
    private static HoconObject Read(string text)
    {
        var document = new HoconDocument();
        document.AddText("/x/test.conf", text);
        return document.Resolve();
    }

    private static HoconException Wrong(string text) => Assert.Throws<HoconException>(() => Read(text));

    [Theory]
    [InlineData("a = 1", "a = 1")]
    [InlineData("a : 1, b = 2", "a = 1, b = 2")]
    [InlineData("{ a = 1 }", "a = 1")]
    [InlineData("a { b = 1 }", "a = { b = 1 }")]
    [InlineData("a = { b = 1 }", "a = { b = 1 }")]
    [InlineData("a.b.c = 1", "a = { b = { c = 1 } }")]
    [InlineData("\"a b\".c = 1", "a b = { c = 1 }")]
    [InlineData("a . b = 1", "a = { b = 1 }")]
    [InlineData("a b = 1", "a b = 1")]
    [InlineData("a { x = 1 } b { y = 2 }", "a = { x = 1 }, b = { y = 2 }")]
    [InlineData("a = 1\na = 2", "a = 2")]
    [InlineData("a { x = 1 }\na { y = 2, x = 3 }", "a = { x = 3, y = 2 }")]
    [InlineData("a { x = 1 }\na = 5", "a = 5")]
    [InlineData("a = 5\na { x = 1 }", "a = { x = 1 }")]
    [InlineData("a.x = 1\na = { y = 2 }", "a = { x = 1, y = 2 }")]
    [InlineData("a = { x = 1 } { y = 2 }", "a = { x = 1, y = 2 }")]
    [InlineData("a = [1, 2 kB,\n  \"x, y\"\n  z, ]", "a = [1, 2 kB, x, y, z]")]
    [InlineData("a = [1] [2]", "a = [1, 2]")]
    [InlineData("a = [[1, 2], { b = c }]", "a = [[1, 2], { b = c }]")]
    [InlineData("a = []\nb = {}", "a = [], b = {  }")]
    [InlineData("a =   x  y   # z\nb = 1//2", "a = x  y, b = 1")]
    [InlineData("a = \"x # y\" z", "a = x # y z")]
    [InlineData("a = \"\\\"\\\\\\n\\u0041\"", "a = \"\\\nA")]
    [InlineData("a = \"\"\"x\\n\n\"y\"\"\"\"", "a = x\\n\n\"y\"")]
    [InlineData("a = 1e+7 Hz", "a = 1e+7 Hz")]
    [InlineData("a = 1\na = null", "a = ")]
    [InlineData("a = null\na = 2", "a = 2")]
    [InlineData("a += 1\na += 2", "a = [1, 2]")]
    [InlineData("a = [1]\nb { a += 2 }\na += { x = 3 }", "a = [1, { x = 3 }], b = { a = [2] }")]
    [InlineData("b { a = [1] }\nb { a += 2 }", "b = { a = [1, 2] }")]
    [InlineData("a = 1\r\nb = 2\r\n", "a = 1, b = 2")]
    [InlineData("include = 5", "include = 5")]
    [InlineData("includes.a = 5", "includes = { a = 5 }")]
    public void A_text_means(string text, string meaning) => Assert.Equal($"{{ {meaning} }}", HoconWriter.Text(Read(text)));

    [Theory]
    [InlineData("a = 1\nb = ${a}", "a = 1, b = 1")]
    [InlineData("b = ${a}\na = 1\na = 2", "b = 2, a = 2")]                     // what a is in the end
    [InlineData("a = 1\nb = x ${a} y${a}", "a = 1, b = x 1 y1")]
    [InlineData("a { x = 1 }\nb = ${a.x}", "a = { x = 1 }, b = 1")]
    [InlineData("a { x = 1 }\nb = ${a} { y = 2 }", "a = { x = 1 }, b = { x = 1, y = 2 }")]
    [InlineData("a { x = 1 }\nb = ${a}\nb.y = 2", "a = { x = 1 }, b = { x = 1, y = 2 }")]
    [InlineData("a { x = 1 }\nb { x = 0, z = 3 }\nb = ${a}", "a = { x = 1 }, b = { x = 1, z = 3 }")]
    [InlineData("a = [1]\nb = ${a} [2]", "a = [1], b = [1, 2]")]
    [InlineData("a = [1]\na = ${a} [2]\na = ${a} [3]", "a = [1, 2, 3]")]       // what a was before
    [InlineData("a = [1]\nb = ${a}\nb += 2", "a = [1], b = [1, 2]")]
    [InlineData("a = x\na = ${a}y", "a = xy")]
    [InlineData("p { a = x }\np { a = ${p.a}y, b = ${p.a} }", "p = { a = xy, b = xy }")]
    [InlineData("a = ${b}\na = 1", "a = 1")]                                   // nobody asks for b
    [InlineData("a = ${?b}", "")]
    [InlineData("a = 1\na = ${?b}", "a = 1")]
    [InlineData("a = ${?b}x", "a = x")]
    [InlineData("a = ${?a}", "")]
    [InlineData("a = [${?b}, 1]", "a = [1]")]
    [InlineData("a { b = ${a.c}, c = 1 }", "a = { b = 1, c = 1 }")]
    [InlineData("a = ${t} { y = 2 }\na { z = ${a.y} }\nt { x = 1 }", "a = { x = 1, y = 2, z = 2 }, t = { x = 1 }")]
    public void A_substitution_means(string text, string meaning) =>
        Assert.Equal(meaning.Length == 0 ? "{  }" : $"{{ {meaning} }}", HoconWriter.Text(Read(text)));

    [Fact]
    public void What_no_key_sets_is_a_variable_of_the_environment()
    {
        Environment.SetEnvironmentVariable("DITEN_TEST_HOCON", "7");

        Assert.Equal("{ a = 7, b = 7s }", HoconWriter.Text(Read("a = ${DITEN_TEST_HOCON}\nb = ${?DITEN_TEST_HOCON}s")));
    }

    [Theory]
    [InlineData("a = ${a}", 1, "a → a")]
    [InlineData("a = ${b}\nb = ${c}\nc = x${a}", 3, "a → b → c → a")]
    [InlineData("a { b = ${a} }", 1, "a → a.b → a")]
    [InlineData("a += ${a}", 1, "a → a")]
    [InlineData("a = ${b.x}\nb = ${a} { x = 1 }", 2, "a → b → a")]
    public void A_circle_is_told_as_one(string text, int line, string circle)
    {
        var wrong = Wrong(text);

        Assert.Equal((line, $"a circle of substitutions, {circle}"), (wrong.Place.Line, wrong.Found));
    }

    [Theory]
    [InlineData("\na {\n b = [1,\n 2\n}", 5, "'}' in the list that begins on line 3")]
    [InlineData("a = \"\"\"x\ny", 1, "a '\"' that is not closed")]
    [InlineData("a = 1\n\nb = \"x\\", 3, "'\\\0' between quotes")]
    [InlineData("a = \"\\ud83d\"", 1, "'\\u' that is half a character")]
    [InlineData("a = \"\\u00\"", 1, "'\\u' without four digits")]
    [InlineData("a = ${b", 1, "'${' that is not closed")]
    [InlineData("a = ${}", 1, "'${' that is not closed")]
    [InlineData("a = [1,,2]", 1, "no value between two commas")]
    [InlineData("a = x {", 1, "'{' after the value of 'a'")]
    [InlineData("a = ${b} x\nb = [1]", 1, "a list or braces beside something else, after 'a'")]
    [InlineData("{ { a = 1 } }", 1, "'{' without a key")]
    [InlineData("] = 1", 1, "']' that does not belong to a value")]
    [InlineData("a = 1 ]", 1, "']' that does not belong to a value")]
    [InlineData("a@b = 1", 1, "'a @'")]
    public void What_is_not_understood_is_told_with_its_line(string text, int line, string found)
    {
        var wrong = Wrong(text);

        Assert.Equal((line, found), (wrong.Place.Line, wrong.Found));
        Assert.NotEmpty(wrong.Allowed);
    }

    [Fact]
    public void Every_value_knows_the_line_that_wrote_it_last()
    {
        var root = Read("a {\n  b = 1\n  c = 2\n}\na.b = 3\nd = ${a.c}\n");
        var a = Assert.IsType<HoconObject>(root.Find("a"));

        Assert.Equal((5, 3, 6), (a.Find("b")!.Place.Line, a.Find("c")!.Place.Line, root.Find("d")!.Place.Line));
    }

    [Fact]
    public void What_is_written_in_quotes_is_read_back()
    {
        const string text = "a { \"/user/*\" = [1, \"x\\\"\\\\\\t\", { b = c }], n = null, e = [] }";

        Assert.Equal(HoconWriter.Text(Read(text)), HoconWriter.Text(Read(HoconWriter.Quoted(Read(text)))));
    }
}
