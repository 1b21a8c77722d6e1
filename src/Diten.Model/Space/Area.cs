namespace Diten.Model.Space;

/// <summary>A rectangle of the plane, metres.</summary>
public readonly record struct Area(double MinX, double MinY, double MaxX, double MaxY)
{
    public double Width => MaxX - MinX;

    public double Height => MaxY - MinY;

    /// <summary>Area in square metres.</summary>
    public double SquareMetres => Width * Height;
}
