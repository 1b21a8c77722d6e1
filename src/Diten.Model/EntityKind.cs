namespace Diten.Model;

/// <summary>The kinds of entities that other entities write to.</summary>
public enum EntityKind : byte
{
    Station = 0,
    Server = 1,
    Twin = 2,
}
