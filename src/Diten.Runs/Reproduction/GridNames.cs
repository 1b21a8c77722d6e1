namespace Diten.Runs.Reproduction;

/// <summary>Names that the files of <c>scenarios/paper</c> give to axes and levels, and that claims ask for.</summary>
internal static class GridNames
{
    /// <summary>Axis: who decides, and among how many candidates N.</summary>
    public const string Scheme = "scheme";

    /// <summary>The paper's benchmark; N makes no difference to it.</summary>
    public const string NearestFirst = "nearest-first";

    /// <summary>The proposed scheme with the paper's N = 5.</summary>
    public const string Learned = "learned, N=5";

    /// <summary>Likewise with N = 10.</summary>
    public const string Learned10 = "learned, N=10";

    /// <summary>The rule of (13) without learning.</summary>
    public const string DriftPlusPenalty = "drift-plus-penalty, N=5";

    /// <summary>Likewise with N = 10.</summary>
    public const string DriftPlusPenalty10 = "drift-plus-penalty, N=10";

    /// <summary>Other axes.</summary>
    public const string Users = "users", Density = "density", Deviation = "deviation", Speed = "speed", Candidates = "N", Policy = "policy", Compared = "case";

    /// <summary>The proposed scheme, by N.</summary>
    public static (string Name, string Candidates)[] Proposed => [(Learned, "N=5"), (Learned10, "N=10")];
}
