using Diten.Model.Mobility;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Mobility;

public class RealTraceTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [SkippableFact]
    public void Taxis_of_Wuxi()
    {
        var report = Load(TraceFormat.Csv, "traj-wuxi-taxi", "WX_taxi_100k_with_id_downsample_5x.csv");

        // Counted by a second program written for this. 1,397 pauses are over 10 minutes before anything is dropped.
        Assert.Equal((20_188L, 475), (report.RowsRead, report.Ids));
        Assert.Equal((16_960L, 1509, 1231L), (report.RowsKept, report.Journeys, report.Gaps));
        Assert.Equal([0, 0, 0, 2114, 0, 6, 934, 174], report.DroppedByReason);   // a tenth of the rows are of trips far from Wuxi
        Assert.Equal(0.055126, report.LengthScale, 1e-5);
        Assert.Equal(6.1673, report.RecordedSpeedMetresPerSecond, 1e-3);
        Assert.Equal(0.33998, report.MeanSpeedMetresPerSecond, 1e-4);
    }

    [SkippableFact]
    public void SUMO_vehicles_of_Trento()
    {
        var report = Load(TraceFormat.SumoFcd, "traj-sumo-fcd", "trento-fcd.xml");

        Assert.Equal((21L, 21L, 7, 7), (report.RowsRead, report.RowsKept, report.Ids, report.Journeys));
        Assert.Equal(2.86, report.RecordedSpeedMetresPerSecond, 0.01);
    }

    [SkippableFact]
    public void SUMO_vehicles_with_an_extra_attribute()
    {
        var report = Load(TraceFormat.SumoFcd, "traj-sumo-fcd", "friction-fcd.xml");

        Assert.Equal((943L, 925L, 26, 26), (report.RowsRead, report.RowsKept, report.Ids, report.Journeys));
        Assert.Equal(18, report.Dropped(TraceDrop.OutsideArea));
    }

    private TraceReport Load(TraceFormat format, params string[] place)
    {
        var path = RealData.PathOf(place);
        Skip.If(path is null, "the recorded traces are not here");
        var report = TraceFolder.Load(path, side: 5000, TraceFit.Scale).Traces!;
        output.WriteLine(report.ToString());
        Assert.Equal(format, report.Format);
        Assert.Equal(report.RowsRead, report.RowsKept + report.DroppedByReason.Sum());
        return report;
    }
}
