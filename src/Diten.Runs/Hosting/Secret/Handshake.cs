using System.Security.Cryptography;
using System.Text;
using Akka.Actor;

namespace Diten.Runs.Hosting.Secret;

/// <summary>
/// How two nodes show each other that they have the same secret, in three messages before anything else is said on a connection:
/// <code>
/// caller    → hello:      nonce of the caller
/// answerer  → challenge:  nonce of the answerer, proof(answerer)
/// caller    → proof(caller)
/// </code>
/// A proof is an HMAC under the secret over who says it, the address that is called, and both nonces: it serves this connection, in this
/// direction, to this address, and no other. Pure: bytes in, bytes out.
/// </summary>
internal sealed class Handshake
{
    private const int NonceBytes = 32, ProofBytes = 32;

    private static readonly byte[] Magic = "diten/1 "u8.ToArray(), Caller = "caller"u8.ToArray(), Answerer = "answerer"u8.ToArray();

    private readonly ClusterSecret _secret;
    private readonly byte[] _called, _nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private readonly bool _calls;
    private byte[]? _other;

    private Handshake(ClusterSecret secret, Address called, bool calls) =>
        (_secret, _called, _calls) = (secret, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{called.Host}:{called.Port}")), calls);

    /// <summary>Where it stands.</summary>
    public HandshakeState State { get; private set; }

    /// <summary>What this side says first; empty for the one that is called.</summary>
    public byte[] Opening => _calls ? [.. Magic, .. _nonce] : [];

    /// <summary>The side that connects.</summary>
    /// <param name="called">Whom it calls.</param>
    public static Handshake Calling(ClusterSecret secret, Address called) => new(secret, called, calls: true);

    /// <summary>The side that is connected to.</summary>
    /// <param name="called">Its own address.</param>
    public static Handshake Answering(ClusterSecret secret, Address called) => new(secret, called, calls: false);

    /// <summary>Takes a message of the other side; returns what is to be said to it, empty for nothing.</summary>
    public byte[] Take(ReadOnlySpan<byte> message)
    {
        if (State != HandshakeState.Open)
            throw new InvalidOperationException("The handshake is over.");
        var (state, answer) = message.StartsWith(Magic) ? Next(message[Magic.Length..]) : Refuse;
        State = state;
        return answer;
    }

    private static (HandshakeState State, byte[] Answer) Refuse => (HandshakeState.Refused, []);

    private (HandshakeState State, byte[] Answer) Next(ReadOnlySpan<byte> body)
    {
        if (_calls)
        {
            if (body.Length != NonceBytes + ProofBytes)
                return Refuse;
            _other = body[..NonceBytes].ToArray();
            return Proves(body[NonceBytes..], Answerer) ? (HandshakeState.Done, [.. Magic, .. Proof(Caller)]) : Refuse;
        }

        if (_other is not null)
            return body.Length == ProofBytes && Proves(body, Caller) ? (HandshakeState.Done, []) : Refuse;
        if (body.Length != NonceBytes)
            return Refuse;
        _other = body.ToArray();
        return (HandshakeState.Open, [.. Magic, .. _nonce, .. Proof(Answerer)]);
    }

    private bool Proves(ReadOnlySpan<byte> proof, byte[] who) => CryptographicOperations.FixedTimeEquals(proof, Proof(who));

    private byte[] Proof(byte[] who) => _calls ? _secret.Proof(who, _called, _nonce, _other!) : _secret.Proof(who, _called, _other!, _nonce);
}

/// <summary>Where a handshake stands.</summary>
internal enum HandshakeState
{
    /// <summary>The other side's next word is waited for.</summary>
    Open,

    /// <summary>Both have the secret, as far as this side can know.</summary>
    Done,

    /// <summary>The other side does not have it.</summary>
    Refused,
}
