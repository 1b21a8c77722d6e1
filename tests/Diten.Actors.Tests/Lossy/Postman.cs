using System.Collections.Concurrent;
using System.Globalization;
using Diten.Actors.Wire;
using Google.Protobuf;

namespace Diten.Actors.Tests.Lossy;

/// <summary>What happens to a letter.</summary>
public enum Fate
{
    Lost,
    Twice,

    /// <summary>After letters that were sent later.</summary>
    Late,
}

/// <summary>One misfortune: what happens to the n-th message of a manifest between two nodes.</summary>
/// <param name="From">Name of the sender's system; null = whoever sends it.</param>
/// <param name="Number">Which one, from 1.</param>
public sealed record Misfortune(string Manifest, Fate Fate, int Number = 1, string? From = null);

/// <summary>Reads what each letter between the nodes of a lab holds, counts it, and does to it what it was told to.</summary>
public sealed class Postman
{
    private const int DitensSerializer = 7301;

    private static readonly ConcurrentDictionary<string, Postman> All = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<(string From, string To, string Manifest), int> _counts = [];
    private readonly List<Misfortune> _struck = [];
    private readonly List<string> _carried = [];
    private IReadOnlyList<Misfortune> _misfortunes = [];

    public Postman(string lab) => All[lab] = this;

    /// <summary>Misfortunes that have come about.</summary>
    public IReadOnlyList<Misfortune> Struck
    {
        get
        {
            lock (_gate)
                return [.. _struck];
        }
    }

    /// <summary>Manifests that have been carried since <see cref="Expect"/>, each once.</summary>
    public IReadOnlyList<string> Carried
    {
        get
        {
            lock (_gate)
                return [.. _counts.Keys.Select(key => key.Manifest).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The last letters, for whoever wants to know what went wrong.</summary>
    public string Story
    {
        get
        {
            lock (_gate)
                return string.Join(Environment.NewLine, _carried.TakeLast(80));
        }
    }

    public static Postman Of(string lab) => All[lab];

    /// <summary>Counts from now on, and does this.</summary>
    public void Expect(params Misfortune[] misfortunes)
    {
        lock (_gate)
        {
            _misfortunes = misfortunes;
            _counts.Clear();
            _struck.Clear();
            _carried.Clear();
        }
    }

    /// <summary>What happens to a letter; null = it arrives.</summary>
    public Fate? Judge(string from, string to, ByteString letter)
    {
        if (ManifestOf(letter) is not { } manifest)
            return null;
        lock (_gate)
        {
            var number = _counts[(from, to, manifest)] = _counts.GetValueOrDefault((from, to, manifest)) + 1;
            var misfortune = _misfortunes.FirstOrDefault(
                m => m.Manifest == manifest && m.Number == number && (m.From is null ? !_struck.Contains(m) : m.From == from));
            _carried.Add(string.Create(CultureInfo.InvariantCulture, $"{from} → {to}: {manifest} #{number} {misfortune?.Fate}"));
            if (misfortune is not null)
                _struck.Add(misfortune);
            return misfortune?.Fate;
        }
    }

    /// <summary>What a letter holds, by Akka.Remote's own format: of a parcel, what the whole of it is. Null where it is not Diten's, or no first part.</summary>
    private static string? ManifestOf(ByteString letter)
    {
        // AkkaProtocolMessage.payload → AckAndEnvelopeContainer.envelope → RemoteEnvelope.message → { message, serializerId, manifest }
        if (Field(letter, 1) is not { } payload || Field(payload, 2) is not { } envelope || Field(envelope, 2) is not { } message)
            return null;
        if (Number(message, 2) != DitensSerializer || Field(message, 3) is not { } manifest)
            return null;
        if (manifest.ToStringUtf8() != "pa1")
            return manifest.ToStringUtf8();
        var parcel = (Parcel)MessageTable.FromBytes("pa1", Field(message, 1)!.Memory);
        return parcel.Part == 0 ? parcel.Manifest : null;
    }

    private static ByteString? Field(ByteString message, int number)
    {
        var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                return input.ReadBytes();
            input.SkipLastField();
        }

        return null;
    }

    private static long? Number(ByteString message, int number)
    {
        var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
                return input.ReadInt64();
            input.SkipLastField();
        }

        return null;
    }
}
