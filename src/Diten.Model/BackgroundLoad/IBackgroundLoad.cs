namespace Diten.Model.BackgroundLoad;

/// <summary>Load of an edge server that is not emulated, as a share of its capacity in [0, 1) (model.md §1, Server).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public interface IBackgroundLoad
{
    /// <summary>Background utilisation of a server in slot 0.</summary>
    double Initial(int server);

    /// <summary>Background utilisation in <paramref name="slot"/> (1 or later), from that of the slot before.</summary>
    double Next(double previous, int server, int slot);
}
