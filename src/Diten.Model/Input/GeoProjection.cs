namespace Diten.Model.Input;

/// <summary>Longitude and latitude to metres east and north of a reference point.</summary>
/// <remarks>
/// A local equirectangular projection on the mean sphere:
/// x = R cos φ₀ (λ − λ₀), y = R (φ − φ₀), R = 6,371,008.8 m. North-south distances are exact on the sphere; east-west ones are off by
/// about tan φ₀ · Δφ: at 45° by 0.1 % of the distance 6 km north or south of the reference, by 0.8 % at 50 km. The sphere itself is
/// off from the ellipsoid by up to 0.6 %.
/// </remarks>
public readonly record struct GeoProjection(double ReferenceLongitudeDegrees, double ReferenceLatitudeDegrees)
{
    /// <summary>Mean radius of the Earth (IUGG), metres.</summary>
    public const double EarthRadiusMetres = 6_371_008.8;

    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>The projection about the middle of the range of the given points, which must be at least one.</summary>
    public static GeoProjection About(IReadOnlyCollection<double> longitudes, IReadOnlyCollection<double> latitudes)
    {
        // Relative to one of them, so that a range across the date line is a short one.
        var first = longitudes.First();
        var offsets = longitudes.Select(longitude => Math.IEEERemainder(longitude - first, 360)).ToArray();
        return new(first + (offsets.Min() + offsets.Max()) / 2, (latitudes.Min() + latitudes.Max()) / 2);
    }

    /// <summary>Metres east (x) and north (y) of the reference. A difference in longitude is taken the short way round.</summary>
    public (double X, double Y) ToMetres(double longitudeDegrees, double latitudeDegrees)
    {
        var east = Math.IEEERemainder(longitudeDegrees - ReferenceLongitudeDegrees, 360);
        return (EarthRadiusMetres * Math.Cos(ReferenceLatitudeDegrees * RadiansPerDegree) * east * RadiansPerDegree,
            EarthRadiusMetres * (latitudeDegrees - ReferenceLatitudeDegrees) * RadiansPerDegree);
    }

    /// <summary>The inverse of <see cref="ToMetres"/>, degrees; longitude in [−180, 180].</summary>
    public (double Longitude, double Latitude) ToDegrees(double x, double y)
    {
        var east = x / (EarthRadiusMetres * Math.Cos(ReferenceLatitudeDegrees * RadiansPerDegree)) / RadiansPerDegree;
        return (Math.IEEERemainder(ReferenceLongitudeDegrees + east, 360),
            ReferenceLatitudeDegrees + y / EarthRadiusMetres / RadiansPerDegree);
    }

    /// <summary>Great-circle distance of two points on the mean sphere, metres (haversine).</summary>
    public static double DistanceMetres(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        var north = Math.Sin((latitude2 - latitude1) * RadiansPerDegree / 2);
        var east = Math.Sin((longitude2 - longitude1) * RadiansPerDegree / 2);
        var haversine = north * north
            + Math.Cos(latitude1 * RadiansPerDegree) * Math.Cos(latitude2 * RadiansPerDegree) * east * east;
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }
}
