using System.Collections.Immutable;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>
/// What twins and servers told all stations in reach last, as far as it concerns stations of one zone. A zone hears it once, however many of its
/// stations can hear it, and a station reads it when it has something to do.
/// </summary>
/// <param name="servers">Servers in reach of the zone's stations, ascending.</param>
internal sealed class NoticeBoard(int[] servers)
{
    private readonly TwinEstimate?[] _estimates = new TwinEstimate?[servers.Length];
    private ServerAnswer?[]? _answers;
    private ServerMeasured?[]? _measured;
    private Notices? _copy;

    /// <summary>The board as it is now.</summary>
    public Notices Copy => _copy ??= new Notices([.. _estimates], _answers is null ? null : [.. _answers], _measured is null ? null : [.. _measured]);

    /// <summary>The server that a notice tells of.</summary>
    public static int ServerOf(object notice) => notice switch
    {
        TwinEstimate estimate => estimate.Server,
        ServerAnswer answer => answer.Server,
        ServerMeasured measured => measured.Server,
        _ => throw new ArgumentException($"A {notice.GetType().Name} is for nobody in particular.", nameof(notice)),
    };

    /// <summary>Puts a notice in the place of what its sender told before.</summary>
    /// <exception cref="InvariantViolatedException">No station of the zone can hear it.</exception>
    public void Pin(object notice)
    {
        var place = Array.BinarySearch(servers, ServerOf(notice));
        if (place < 0)
            throw new InvariantViolatedException($"A {notice.GetType().Name} of server {ServerOf(notice)}, which no station here has in reach.");
        _copy = null;
        switch (notice)
        {
            case TwinEstimate estimate:
                _estimates[place] = estimate;
                break;
            case ServerAnswer answer:
                (_answers ??= new ServerAnswer?[servers.Length])[place] = answer;
                break;
            case ServerMeasured measured:
                (_measured ??= new ServerMeasured?[servers.Length])[place] = measured;
                break;
        }
    }
}

/// <summary>A <see cref="NoticeBoard"/> at the beginning of a phase, by its servers' places; null where nothing was told. Immutable.</summary>
/// <param name="Answers">Null where no server ever told any.</param>
/// <param name="Measured">Likewise.</param>
internal sealed record Notices(ImmutableArray<TwinEstimate?> Estimates, ImmutableArray<ServerAnswer?>? Answers, ImmutableArray<ServerMeasured?>? Measured);
