namespace Diten.Runs.Scenarios.Hocon;

/// <summary>How much a text may ask for. Each bound is far above what anybody writes, and far below what would take seconds.</summary>
internal static class HoconLimits
{
    /// <summary>Bytes of one file.</summary>
    public const int FileBytes = 1 << 20;

    /// <summary>Braces and brackets that are open at once, and parts of one key.</summary>
    public const int Depth = 32;

    /// <summary>Files that include one another in a row.</summary>
    public const int IncludeDepth = 16;

    /// <summary>Files that are included in all, each counted as often as it is.</summary>
    public const int Includes = 100;

    /// <summary>Substitutions that stand for one another in a row.</summary>
    public const int SubstitutionDepth = 64;

    /// <summary>Values that substitutions come to, each counted as often as it is taken over.</summary>
    public const int SubstitutedValues = 100_000;

    /// <summary>Characters that all files together may come to, once includes and substitutions are replaced.</summary>
    public const int Size = 8 << 20;

    /// <summary>Characters of one part of a key.</summary>
    public const int KeyLength = 500;

    /// <summary>Characters of one value.</summary>
    public const int ValueLength = 1 << 16;
}
