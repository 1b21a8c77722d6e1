namespace Diten.Model.Offloading.Bounds;

/// <summary>P1's optimum for one journey; eq. (11).</summary>
/// <param name="Budget">⌊βτ⌋, migrations that the budget allows.</param>
/// <param name="Migrations">Migrations allowed: the budget, or more where lost servers force it.</param>
/// <param name="Seconds">Least Σ T_glob, seconds.</param>
/// <param name="Forced">True where the budget is infeasible, because more servers had to be left.</param>
public readonly record struct JourneyOptimum(int Budget, int Migrations, double Seconds, bool Forced);
