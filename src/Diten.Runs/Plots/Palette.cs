namespace Diten.Runs.Plots;

/// <summary>A colour on light ground and on dark.</summary>
internal readonly record struct Shade(string Name, string Light, string Dark);

/// <summary>The colours of reports: those of the live page (<c>style.css</c>), which the colour-blind can tell apart; after Okabe and Ito.</summary>
internal static class Palette
{
    /// <summary>In time, where tasks are told apart.</summary>
    public static readonly Shade Blue = new("blue", "#0072B2", "#56B4E9");

    /// <summary>Late; of twins, suspect.</summary>
    public static readonly Shade Orange = new("orange", "#C87800", "#F0B030");

    /// <summary>Lost; of twins, desynchronised.</summary>
    public static readonly Shade Red = new("red", "#C2390A", "#FF7F50");

    /// <summary>Uncovered; of twins, resynchronising.</summary>
    public static readonly Shade Violet = new("violet", "#A0568A", "#D98CC0");

    /// <summary>The third of the page's nodes; where a line or a layer is neither of the others.</summary>
    public static readonly Shade Green = new("green", "#009E73", "#009E73");

    /// <summary>Of words that say less; of twins, in sync.</summary>
    public static readonly Shade Soft = new("soft", "#5A6270", "#A3ACB9");

    /// <summary>What plots are drawn in.</summary>
    public static IReadOnlyList<Shade> Drawn { get; } = [Blue, Orange, Red, Violet, Green, Soft];

    /// <summary>What they stand on, text and lines.</summary>
    public static IReadOnlyList<Shade> Ground { get; } =
    [
        new("bg", "#F4F5F7", "#101317"), new("card", "#FFFFFF", "#191D23"), new("ink", "#16191D", "#E8EBEF"), new("line", "#C9CED6", "#343B45"),
        new("accent", "#005A9C", "#6CBCF5"),
    ];

    /// <summary>All of them as variables of a style sheet.</summary>
    public static string Css(bool dark) =>
        string.Concat([.. Ground.Concat(Drawn).Select(shade => $"--{shade.Name}:{(dark ? shade.Dark : shade.Light)};")]);
}
