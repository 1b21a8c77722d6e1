namespace Diten.Actors;

/// <summary>Who is attached to a zone's stations before slot 0. What they are is made where they come to live: a million of them fill a list that nobody needs again.</summary>
public sealed class FirstDevices
{
    /// <summary>Nobody.</summary>
    public static FirstDevices None { get; } = new();

    /// <summary>Device ids, ascending.</summary>
    public List<int> Ids { get; } = [];

    /// <summary>How many of them count at each server to begin with, by server id.</summary>
    public SortedDictionary<int, int> Presence { get; } = [];
}
