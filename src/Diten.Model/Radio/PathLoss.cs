namespace Diten.Model.Radio;

/// <summary>Distance-dependent loss of signal power, d^−α of eq. (6).</summary>
internal static class PathLoss
{
    /// <summary>Distances below this count as this, metres (model.md §1).</summary>
    public const double ShortestMetres = 1;

    /// <summary>Received over transmitted power.</summary>
    /// <param name="distanceMetres">Distance from transmitter to receiver, metres; not negative.</param>
    /// <param name="exponent">α, positive.</param>
    /// <returns>max(d, 1 m)^−α, in (0, 1].</returns>
    public static double Gain(double distanceMetres, double exponent)
    {
        var d = Math.Max(distanceMetres, ShortestMetres);
        return exponent == 3 ? 1 / (d * d * d) : Math.Pow(d, -exponent); // α = 3 is the default, and Pow ten times as dear
    }
}
