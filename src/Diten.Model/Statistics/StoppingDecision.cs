namespace Diten.Model.Statistics;

/// <summary>Whether there are seeds enough, and if not, how many there should be next.</summary>
/// <param name="Have">Seeds so far.</param>
/// <param name="Seeds">Seeds in all to have next; as many as there are where it ends.</param>
/// <param name="TooWide">Names of the means whose interval is wider than it may be, in the order given; also where the limit of seeds ends it.</param>
/// <param name="Undefined">Names of the means that are no number: more seeds do not make them one, so none are asked for on their account.</param>
public sealed record StoppingDecision(int Have, int Seeds, IReadOnlyList<string> TooWide, IReadOnlyList<string> Undefined)
{
    /// <summary>Whether sampling ends here.</summary>
    public bool Ends => Seeds == Have;

    /// <summary>Whether every mean is known as well as was asked; where it ends without, the table has to say so.</summary>
    public bool Reached => TooWide.Count == 0 && Undefined.Count == 0;
}
