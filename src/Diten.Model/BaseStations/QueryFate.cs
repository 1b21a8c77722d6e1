namespace Diten.Model.BaseStations;

/// <summary>What became of a station's query to a server in a round.</summary>
public enum QueryFate : byte
{
    NotAsked,
    Answered,
    /// <summary>The server is down, or a fault of the link kept query or answer: the twin's word is all that there is.</summary>
    Unanswered,
}
