using Diten.Model.Input;

namespace Diten.Model.Tests.Input;

public class GeoProjectionTests
{
    [Fact]
    public void A_degree_is_111_kilometres_north_and_at_60_degrees_half_of_it_east()
    {
        // 2π · 6,371,008.8 m / 360.
        const double degree = 111_195.0797;
        var projection = new GeoProjection(10, 60);

        Assert.Equal(degree, projection.ToMetres(10, 61).Y, tolerance: 0.001);
        Assert.Equal(degree / 2, projection.ToMetres(11, 60).X, tolerance: 0.001);
        Assert.Equal(degree, GeoProjection.DistanceMetres(10, 60, 10, 61), tolerance: 0.001);
    }

    [Fact]
    public void In_a_city_distances_agree_with_the_great_circle()
    {
        var projection = new GeoProjection(11.12, 46.07);
        var near = projection.ToMetres(11.10, 46.04);
        var far = projection.ToMetres(11.15, 46.10);

        var metres = Math.Sqrt(Math.Pow(far.X - near.X, 2) + Math.Pow(far.Y - near.Y, 2));
        var circle = GeoProjection.DistanceMetres(11.10, 46.04, 11.15, 46.10);
        Assert.InRange(circle, 7_700, 7_720);
        Assert.Equal(1, metres / circle, tolerance: 0.001);
    }

    [Theory]
    [InlineData(144.96, -37.81)]
    [InlineData(-179.99, 10)]
    public void Back_and_forth_is_the_same_place(double longitude, double latitude)
    {
        var projection = new GeoProjection(179.9, -30);
        var (x, y) = projection.ToMetres(longitude, latitude);
        var back = projection.ToDegrees(x, y);

        Assert.Equal(longitude, back.Longitude, tolerance: 1e-9);
        Assert.Equal(latitude, back.Latitude, tolerance: 1e-9);
    }

    [Fact]
    public void The_date_line_is_crossed_the_short_way()
    {
        Assert.Equal(22_239, new GeoProjection(179.9, 0).ToMetres(-179.9, 0).X, tolerance: 1);
        Assert.Equal(180, GeoProjection.About([179.9, -179.9], [0, 0]).ReferenceLongitudeDegrees, tolerance: 1e-9);
    }

    [Fact]
    public void The_reference_is_in_the_middle() =>
        Assert.Equal(new GeoProjection(2, 20), GeoProjection.About([1, 3, 1.5], [10, 30, 30]));
}
