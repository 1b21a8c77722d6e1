using System.Reflection;
using Diten.Actors.Metering;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Metering;

public sealed class InstrumentTableTests
{
    [Fact]
    public void Every_row_is_listed_once_and_has_an_instrument_of_its_name()
    {
        var rows = typeof(InstrumentTable).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(InstrumentRow)).ToArray();
        var instruments = typeof(Instruments).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Select(property => property.Name);

        Assert.Equal(rows.Select(field => (InstrumentRow)field.GetValue(null)!), InstrumentTable.All);
        Assert.Equal(rows.Select(field => field.Name), instruments);
        Assert.Equal(InstrumentTable.All.Count, InstrumentTable.All.Select(row => row.PrometheusName).Distinct().Count());
    }

    [Fact]
    public void Ends_of_runs_and_conditions_of_twins_are_all_there()
    {
        Assert.Equal(Enum.GetNames<RunEnd>().Select(end => end.ToLowerInvariant()), InstrumentTable.Runs.Values);
        Assert.Equal(Enum.GetNames<TwinCondition>().Select(condition => condition.ToLowerInvariant()), InstrumentTable.Twins.Values.Select(value => value.Replace("_", "")));
    }

    /// <summary>Each value is a series of its own, on each node.</summary>
    [Fact]
    public void Tags_have_few_values_and_no_others()
    {
        Assert.All(InstrumentTable.All, row => Assert.Equal(row.Tag.Length > 0, row.Values.Count is > 1 and <= 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => InstrumentTable.Slots.With("second"));
    }
}
