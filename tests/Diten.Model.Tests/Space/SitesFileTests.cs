using Diten.Model.Input;
using Diten.Model.Space;
using Diten.Model.Tests.Input;

namespace Diten.Model.Tests.Space;

public class SitesFileTests
{
    [Fact]
    public void Each_row_is_kept_or_counted_by_why_it_was_dropped()
    {
        using var file = new TextFile("""
            SITE_ID,LATITUDE,LONGITUDE
            1,0.000000,10
            2,0.000005,10
            3,0.000020,10
            4,0.000000,10
            5,91,10
            6,0,0
            7,,10
            8,north,10
            """);
        var (x, y, report) = SitesFile.Read(file.Path);

        // A degree is 111,195 m: row 2 stands 0.56 m from row 1, row 3 stands 2.2 m from it, row 4 is row 1 again.
        Assert.Equal((8, 2, 2, 2, 2), (report.RowsRead, report.Kept, report.Duplicates, report.Unreadable, report.OutOfRange));
        Assert.Equal(2.2239, y[1] - y[0], tolerance: 1e-4);
        Assert.Equal(x[0], x[1]);
    }

    [Fact]
    public void OpenCelliD_rows_have_longitude_before_latitude()
    {
        using var file = new TextFile("LTE,222,10,1,1,0,11.10,46.05,1,1,1,1,1,0\nLTE,222,10,1,2,0,11.10,46.06,1,1,1,1,1,0\n");
        var (x, y, _) = SitesFile.Read(file.Path);

        Assert.Equal(0, x[1] - x[0], tolerance: 1e-6);
        Assert.Equal(1111.95, y[1] - y[0], tolerance: 0.01);
    }

    [Fact]
    public void Metres_that_are_on_no_globe_are_out_of_range()
    {
        using var file = new TextFile("x,y\n0,0\n100,0\n1e16,0\n0,-1e308\n");
        var report = SitesFile.Read(file.Path).Report;

        Assert.Equal((4, 2, 2), (report.RowsRead, report.Kept, report.OutOfRange));
    }

    [Fact]
    public void A_file_without_a_usable_site_says_why()
    {
        using var file = new TextFile("lat,lon\n100,1\n,\n");
        var problem = Assert.Throws<InputFileException>(() => SitesFile.Read(file.Path));

        Assert.Contains("no usable site among 2 rows", problem.Message, StringComparison.Ordinal);
    }
}
