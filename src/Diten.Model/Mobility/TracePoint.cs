namespace Diten.Model.Mobility;

/// <summary>Where someone was, and when.</summary>
/// <param name="Seconds">Time, seconds from any origin that the whole trace shares.</param>
/// <param name="X">Longitude (degrees) as read, or metres east.</param>
/// <param name="Y">Latitude (degrees) as read, or metres north.</param>
internal readonly record struct TracePoint(double Seconds, double X, double Y)
{
    public double MetresTo(TracePoint other) => Math.Sqrt((other.X - X) * (other.X - X) + (other.Y - Y) * (other.Y - Y));
}
