using Akka.Actor;
using Diten.Runs.Hosting.Secret;

namespace Diten.Emulation.Tests.Hosting.Secret;

/// <summary>What two sides of a connection say before they believe each other.</summary>
public sealed class HandshakeTests
{
    private static readonly Address Here = new("tcp", "diten", "127.0.0.1", 4711), Elsewhere = new("tcp", "diten", "127.0.0.1", 4712);

    private readonly ClusterSecret _ours = ClusterSecret.Create(), _theirs = ClusterSecret.Create();

    [Fact]
    public void Two_that_have_the_secret_believe_each_other()
    {
        var (caller, answerer) = (Handshake.Calling(_ours, Here), Handshake.Answering(_ours, Here));

        Assert.Empty(answerer.Take(caller.Take(answerer.Take(caller.Opening))));

        Assert.Equal((HandshakeState.Done, HandshakeState.Done), (caller.State, answerer.State));
    }

    [Fact]
    public void Who_answers_without_the_secret_learns_nothing_more()
    {
        var (caller, stranger) = (Handshake.Calling(_ours, Here), Handshake.Answering(_theirs, Here));

        Assert.Empty(caller.Take(stranger.Take(caller.Opening)));

        Assert.Equal(HandshakeState.Refused, caller.State);
    }

    [Fact]
    public void Who_calls_without_the_secret_is_refused()
    {
        var (stranger, honest, answerer) = (Handshake.Calling(_theirs, Here), Handshake.Answering(_theirs, Here), Handshake.Answering(_ours, Here));
        answerer.Take(stranger.Opening);

        Assert.Empty(answerer.Take(stranger.Take(honest.Take(stranger.Opening))));

        Assert.Equal(HandshakeState.Refused, answerer.State);
    }

    /// <summary>Somebody has taken the port of a node that died, and hands on to a living node what its callers say.</summary>
    [Fact]
    public void What_is_said_to_one_address_serves_at_no_other()
    {
        var (caller, answerer) = (Handshake.Calling(_ours, Elsewhere), Handshake.Answering(_ours, Here));

        Assert.Empty(caller.Take(answerer.Take(caller.Opening)));

        Assert.Equal(HandshakeState.Refused, caller.State);
    }

    /// <summary>The answerer's own proof, said back to it.</summary>
    [Fact]
    public void A_proof_serves_in_one_direction_only()
    {
        var (caller, answerer) = (Handshake.Calling(_ours, Here), Handshake.Answering(_ours, Here));
        var challenge = answerer.Take(caller.Opening);

        Assert.Empty(answerer.Take([.. challenge[..8], .. challenge[^32..]]));

        Assert.Equal(HandshakeState.Refused, answerer.State);
    }

    [Fact]
    public void What_was_heard_once_does_not_serve_again()
    {
        var (caller, first, second) = (Handshake.Calling(_ours, Here), Handshake.Answering(_ours, Here), Handshake.Answering(_ours, Here));
        var (opening, proof) = (caller.Opening, caller.Take(first.Take(caller.Opening)));
        first.Take(proof);
        Assert.Equal(HandshakeState.Done, first.State);

        second.Take(opening);
        second.Take(proof);

        Assert.Equal(HandshakeState.Refused, second.State);
    }

    /// <summary>Each message, cut short, grown, and with each of its bytes changed.</summary>
    [Fact]
    public void Anything_else_is_refused()
    {
        for (var step = 0; step < 3; step++)
        {
            var length = Messages(_ours)[step].Length;
            var changes = new List<Func<byte[], byte[]>> { bytes => bytes[..^1], bytes => [.. bytes, 0], _ => [] };
            for (var at = 0; at < length; at++)
            {
                var place = at;
                changes.Add(bytes =>
                {
                    bytes[place] ^= 1;
                    return bytes;
                });
            }

            foreach (var change in changes)
                Assert.Contains(HandshakeState.Refused, After(step, change));
        }
    }

    private static byte[][] Messages(ClusterSecret secret)
    {
        var (caller, answerer) = (Handshake.Calling(secret, Here), Handshake.Answering(secret, Here));
        var challenge = answerer.Take(caller.Opening);
        return [caller.Opening, challenge, caller.Take(challenge)];
    }

    /// <summary>How both sides stand when one message was changed on its way.</summary>
    private HandshakeState[] After(int changed, Func<byte[], byte[]> change)
    {
        var (caller, answerer) = (Handshake.Calling(_ours, Here), Handshake.Answering(_ours, Here));
        var message = caller.Opening;
        for (var step = 0; step < 3 && caller.State != HandshakeState.Refused && answerer.State != HandshakeState.Refused; step++)
            message = (step == 1 ? caller : answerer).Take(step == changed ? change(message) : message);
        return [caller.State, answerer.State];
    }
}
