namespace Diten.Runs.Scenarios.Hocon;

/// <summary>A text that is no HOCON, asks for too much, or uses what Diten does not understand of it.</summary>
/// <param name="place">Where.</param>
/// <param name="found">What stands there.</param>
/// <param name="allowed">What may stand there.</param>
/// <param name="suggestion">What was probably meant, as a sentence; or null.</param>
internal sealed class HoconException(HoconPlace place, string found, string allowed, string? suggestion = null) : Exception($"{place}: {found}; allowed: {allowed}")
{
    public HoconPlace Place { get; } = place;
    public string Found { get; } = found;
    public string Allowed { get; } = allowed;
    public string? Suggestion { get; } = suggestion;
}
