using Diten.Model.Mobility;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Mobility;

public sealed class TraceCleaningTests : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_without_id_time_or_position_is_dropped()
    {
        var report = Load("""
            a,0,0,0
            a,soon,10,0
            a,2,,0
            a,3
            ,4,40,0
            a,5,NaN,0
            a,6,60,0
            """);

        AssertDropped(report, read: 7, kept: 2, (TraceDrop.Unreadable, 5));
    }

    [Fact]
    public void Exact_duplicates_are_dropped_wherever_they_stand()
    {
        var report = Load("""
            a,0,0,0
            a,0,0,0
            b,0,0,0
            a,1,10,0
            a,0,0,0
            b,1,10,0
            """);

        AssertDropped(report, read: 6, kept: 4, (TraceDrop.Duplicate, 2));
        Assert.Equal(2, report.Ids);
    }

    [Fact]
    public void Zero_and_impossible_coordinates_are_dropped()
    {
        var path = _folder.Write("trace.csv", "id,time,lon,lat\na,0,116.4,39.9\na,10,0,0\na,20,0,39.9\na,30,116.4,91\na,40,181,39.9\na,50,116.401,39.9\n");

        AssertDropped(TraceFolder.Load(path).Traces!, read: 6, kept: 2, (TraceDrop.OutOfRange, 4));
    }

    [Fact]
    public void Zero_is_a_good_coordinate_in_metres() => AssertDropped(Load("a,0,0,0\na,10,200,0\n"), read: 2, kept: 2);

    [Fact]
    public void A_point_far_from_all_others_is_dropped_however_slowly_it_was_reached()
    {
        // 19 points 4 km apart and the one in question: the median point is at 40 km, the median distance 20 km, so 100 km is the limit.
        var country = string.Concat(Enumerable.Range(0, 19).Select(k => $"a,{100 * k},{4000 * k},0\n"));

        AssertDropped(LoadPatiently(country + "a,9000,139900,0\n"), read: 20, kept: 20);
        AssertDropped(LoadPatiently(country + "a,9000,140100,0\n"), read: 20, kept: 19, (TraceDrop.FarOut, 1));

        // Within 50 km nothing is far.
        AssertDropped(LoadPatiently("a,0,0,0\na,1,0,0\na,2,0,0\na,1000,49900,0\n"), read: 4, kept: 4);
        AssertDropped(LoadPatiently("a,0,0,0\na,1,0,0\na,2,0,0\na,1010,50100,0\n"), read: 4, kept: 3, (TraceDrop.FarOut, 1));

        TraceReport LoadPatiently(string rows) =>
            _folder.LoadRows(rows, side: 1e6, with: devices => devices with { TraceMaximumGapSeconds = 1e5 }).Traces!;
    }

    [Fact]
    public void Of_two_places_at_the_same_time_the_first_of_the_file_stays()
    {
        var loaded = _folder.LoadRows("a,10,100,0\na,0,0,0\na,10,40,0\na,20,200,0\n");

        AssertDropped(loaded.Traces!, read: 4, kept: 3, (TraceDrop.SameTime, 1));
        Assert.Equal(10, loaded.Traces!.MeanSpeedMetresPerSecond, 1e-9);
    }

    [Fact]
    public void A_step_faster_than_allowed_drops_the_point_that_it_leads_to() =>
        AssertDropped(Load("a,0,0,0\na,1,50,0\na,2,101,0\na,3,150,0\n"), read: 4, kept: 3, (TraceDrop.TooFast, 1));

    [Fact]
    public void A_wrong_first_point_costs_three_more_and_not_the_whole_track()
    {
        var report = Load("a,0,900,0\na,1,0,0\na,2,10,0\na,3,20,0\na,4,30,0\na,5,40,0\n");

        AssertDropped(report, read: 6, kept: 2, (TraceDrop.TooFast, 3), (TraceDrop.ShortJourney, 1));
    }

    [Fact]
    public void A_long_pause_ends_a_journey_and_a_pause_just_as_long_as_allowed_does_not()
    {
        var report = Load("a,0,0,0\na,600,100,0\na,1201,200,0\na,1300,300,0\n");

        AssertDropped(report, read: 4, kept: 4);
        Assert.Equal((1, 2), (report.Gaps, report.Journeys));
    }

    [Fact]
    public void Journeys_of_one_point_or_of_less_than_a_slot_are_dropped()
    {
        var report = Load("a,0,0,0\na,10,100,0\nb,0,50,0\nc,0,0,0\nc,0.5,9,0\nd,0,0,0\nd,1,9,0\n");

        AssertDropped(report, read: 7, kept: 4, (TraceDrop.ShortJourney, 3));
        Assert.Equal((4, 2), (report.Ids, report.Journeys));
    }

    [Fact]
    public void Crop_cuts_a_journey_where_it_leaves_the_area()
    {
        // The median of the recording, 150, comes to the centre of the area, 100: recorded 50 to 250 are inside.
        var report = Load("a,0,100,0\na,10,150,0\na,20,200,0\na,30,320,0\na,40,200,0\na,50,150,0\na,60,100,0\n", side: 200);

        AssertDropped(report, read: 7, kept: 6, (TraceDrop.OutsideArea, 1));
        Assert.Equal(2, report.Journeys);
        Assert.Equal(5, report.MeanSpeedMetresPerSecond, 1e-9);
    }

    [Fact]
    public void Rows_need_not_be_in_order_of_time() =>
        Assert.Equal(10, Load("a,20,200,0\na,0,0,0\na,10,100,0\n").MeanSpeedMetresPerSecond, 1e-9);

    [Property(MaxTest = 50)]
    public void Every_row_is_kept_or_dropped_for_one_reason((byte Id, byte Seconds, short X, short Y)[] rows)
    {
        var text = string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Id % 3},{row.Seconds % 64},{row.X % 400},{row.Y % 400}\n")));
        var report = Load("7,0,0,0\n7,1,40,0\nx,y,z\n" + text, side: 300);

        Assert.Equal(3 + rows.Length, report.RowsRead);
        Assert.Equal(report.RowsRead, report.RowsKept + report.DroppedByReason.Sum());
    }

    private TraceReport Load(string rows, double side = 10_000) => _folder.LoadRows(rows, side).Traces!;

    private static void AssertDropped(TraceReport report, long read, long kept, params (TraceDrop Reason, long Rows)[] dropped)
    {
        Assert.Equal((read, kept), (report.RowsRead, report.RowsKept));
        Assert.Equal(dropped, Enum.GetValues<TraceDrop>().Select(reason => (reason, report.Dropped(reason))).Where(drop => drop.Item2 > 0));
    }
}
