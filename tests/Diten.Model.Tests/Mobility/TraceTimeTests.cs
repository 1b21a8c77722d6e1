using Diten.Model.Mobility;

namespace Diten.Model.Tests.Mobility;

public sealed class TraceTimeTests
{
    /// <summary>2014-02-01 00:00:00 and 2019-01-25 20:00:16, universal time, in seconds since 1970.</summary>
    private const double February = 1391212800, January = 1548446416;

    [Theory]
    [InlineData("2014-02-01 01:00:00.739166+01", February + 0.739166)]
    [InlineData("2014-02-01T01:00:00+01", February)]
    [InlineData("2014-02-01 00:00:00.123456789", February + 0.1234567)]
    [InlineData("2019-01-25 20:00:16 UTC", January)]
    [InlineData("2019-01-25 20:00:16 gmt", January)]
    [InlineData("1548446416", January)]
    [InlineData("1548446416000", January)]
    [InlineData("1548446416000000", January)]
    [InlineData("1548446416000000000", January)]
    [InlineData("23:59:50", 86390)]
    [InlineData("24:00:10", 86410)] // a timetable's night goes on
    [InlineData("25:30:00.5", 91800.5)]
    [InlineData("1.02:00:00", 93600)]
    [InlineData("-5", -5)]
    public void What_has_one_meaning_is_read(string text, double seconds)
    {
        Assert.True(TraceTime.TryRead(text, out var read));
        Assert.Equal(seconds, read, 1e-6);
    }

    [Theory]
    [InlineData("25/01/2019 20:00:16")] // day first, or month first: nobody knows
    [InlineData("2e13")]
    [InlineData("5e16")]
    [InlineData("1e20")]
    [InlineData("24:61:00")]
    [InlineData("NaN")]
    [InlineData("soon")]
    public void What_has_none_or_two_is_not(string text) => Assert.False(TraceTime.TryRead(text, out _));
}
