using Diten.Model.Input;

namespace Diten.Model.Tests.Input;

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
        Assert.True(TraceTime.TryRead(text, TimeForm.YearFirst, out var read));
        Assert.Equal(seconds, read, 1e-6);
    }

    [Theory]
    [InlineData("25/01/2019 20:00:16", TimeForm.DayFirst)]
    [InlineData("25.1.2019 20:00:16", TimeForm.DayFirst)]
    [InlineData("25-01-2019 21:00:16+01:00", TimeForm.DayFirst)]
    [InlineData("01/25/2019 08:00:16 PM", TimeForm.MonthFirst)]
    [InlineData("1/25/2019 20:00:16", TimeForm.MonthFirst)]
    [InlineData("2019-01-25 20:00:16", TimeForm.DayFirst)] // this has one meaning
    [InlineData("2019-01-25 20:00:16", TimeForm.MonthFirst)]
    public void What_has_two_meanings_is_read_as_the_scenario_says(string text, TimeForm form)
    {
        Assert.True(TraceTime.TryRead(text, form, out var read));
        Assert.Equal(January, read, 1e-6);
    }

    [Fact]
    public void A_month_that_there_is_not_is_not_taken_for_a_day() => Assert.False(TraceTime.TryRead("25/01/2019 20:00:16", TimeForm.MonthFirst, out _));

    [Theory]
    [InlineData("25/01/2019 20:00:16")] // day first, or month first: nobody knows
    [InlineData("2e13")]
    [InlineData("5e16")]
    [InlineData("1e20")]
    [InlineData("24:61:00")]
    [InlineData("12:0٣:00")] // other scripts have digits too
    [InlineData("NaN")]
    [InlineData("soon")]
    public void What_has_none_or_two_is_not(string text) => Assert.False(TraceTime.TryRead(text, TimeForm.YearFirst, out _));
}
