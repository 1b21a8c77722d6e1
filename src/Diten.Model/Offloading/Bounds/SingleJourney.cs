namespace Diten.Model.Offloading.Bounds;

/// <summary>What a policy got on a journey that it made alone; see <see cref="SingleJourneys"/>.</summary>
/// <param name="Seconds">Σ T_glob over the tasks, outages of migrations included, seconds.</param>
/// <param name="Migrations">Migrations; the journey's first task is free.</param>
/// <param name="Reward">Σ R_t, eq. (16); 0 of a slot out of coverage.</param>
public readonly record struct SingleJourney(double Seconds, int Migrations, double Reward);
