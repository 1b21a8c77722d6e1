namespace Diten.Actors;

/// <summary>A message of Diten's own; one that finds no receiver fails the run.</summary>
public interface IDitenMessage
{
    /// <summary>Whom the message is for, in words.</summary>
    string Recipient { get; }
}
