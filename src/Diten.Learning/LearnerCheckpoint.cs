using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Model.Learning;

namespace Diten.Learning;

/// <summary>Everything that a learner's next update depends on but its settings, shape and seed. Immutable by convention. Its file needs no torch to be written or read.</summary>
/// <remarks>
/// The file: the eight letters <c>DITENLRN</c>, format version (int32), length of the header (int32), header (UTF-8 JSON: version, shapes),
/// all float32 numbers of policy, critic and Adam in that order, and the SHA-256 of all that. Little-endian.
/// </remarks>
/// <param name="Version">Updates done, which is the version of the policy.</param>
/// <param name="Policy">The policy's weights.</param>
/// <param name="Critic">The critic's layers; of an <see cref="ActionValueNetwork"/> state part, action part, the others.</param>
/// <param name="PolicyAdam">What Adam remembers of the policy; null with the paper's update, which remembers nothing.</param>
/// <param name="CriticAdam">Likewise of the critic.</param>
public sealed record LearnerCheckpoint(
    int Version, PolicyWeights Policy, IReadOnlyList<DenseLayer> Critic, AdamMemory? PolicyAdam, AdamMemory? CriticAdam)
{
    /// <summary>Version of the file's format.</summary>
    public const int FormatVersion = 2;

    private const int HashBytes = 32;
    private static readonly byte[] Magic = "DITENLRN"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private sealed record Header(
        int Version, PolicyNetworkKind Kind, Model.Scenarios.DecisionState State, int Candidates,
        bool[] Features, Shape[] PolicyShapes, Shape[] CriticShapes, long? PolicySteps, long? CriticSteps);

    private sealed record Shape(int Inputs, int Outputs);

    /// <summary>Writes the file under another name, then moves it into its place: whoever reads it finds the old one or the new one, whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var partial = path + ".partial";
        using (var file = new FileStream(partial, FileMode.Create))
        {
            file.Write(ToBytes());
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>What <see cref="Save"/> writes.</summary>
    public byte[] ToBytes()
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header(Version, Policy.Kind, Policy.State, Policy.Candidates,
            [.. Policy.Features], Shapes(Policy.Layers), Shapes(Critic), PolicyAdam?.Steps, CriticAdam?.Steps), Json);
        using var content = new MemoryStream();
        content.Write(Magic);
        WriteNumber(content, FormatVersion);
        WriteNumber(content, header.Length);
        content.Write(header);
        foreach (var layer in Policy.Layers.Concat(Critic))
            WriteFloats(content, [layer.Weights, layer.Bias]);
        foreach (var memory in new[] { PolicyAdam, CriticAdam }.OfType<AdamMemory>())
            WriteFloats(content, memory.Means.Concat(memory.Squares));
        content.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        return content.ToArray();
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, of another kind or of a later format; the message names it.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static LearnerCheckpoint Load(string path) => FromBytes(File.ReadAllBytes(path), path);

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">As of <see cref="Load"/>.</exception>
    public static LearnerCheckpoint FromBytes(byte[] bytes, string path)
    {
        if (bytes.Length < Magic.Length + 8 + HashBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException($"{path} is no checkpoint of a learner.");
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
            throw new InvalidDataException($"{path} is damaged: its check sum does not fit its content.");
        var rest = bytes.AsSpan(Magic.Length, bytes.Length - Magic.Length - HashBytes);
        if (ReadNumber(ref rest) is var format && format != FormatVersion)
            throw new InvalidDataException($"{path} has format {format}: this program reads format {FormatVersion}.");

        try
        {
            var length = ReadNumber(ref rest);
            var header = JsonSerializer.Deserialize<Header>(rest[..length], Json)!;
            rest = rest[length..];
            var policy = ReadLayers(ref rest, header.PolicyShapes);
            var critic = ReadLayers(ref rest, header.CriticShapes);
            var policyAdam = ReadAdam(ref rest, header.PolicySteps, header.PolicyShapes);
            var criticAdam = ReadAdam(ref rest, header.CriticSteps, header.CriticShapes);
            if (rest.Length > 0)
                throw new InvalidDataException($"{path} is longer than its header says.");
            return new(header.Version,
                new(header.Kind, header.State, header.Candidates, header.Features, policy), critic, policyAdam, criticAdam);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or NullReferenceException)
        {
            throw new InvalidDataException($"{path} has a whole check sum, but a header that does not fit its content: {e.Message}", e);
        }
    }

    private static Shape[] Shapes(IReadOnlyList<DenseLayer> layers) => [.. layers.Select(l => new Shape(l.Inputs, l.Outputs))];

    private static DenseLayer[] ReadLayers(ref Span<byte> rest, Shape[] shapes)
    {
        var layers = new DenseLayer[shapes.Length];
        for (var i = 0; i < shapes.Length; i++)
            layers[i] = new(shapes[i].Inputs, shapes[i].Outputs, ReadFloats(ref rest, shapes[i].Inputs * shapes[i].Outputs), ReadFloats(ref rest, shapes[i].Outputs));
        return layers;
    }

    private static AdamMemory? ReadAdam(ref Span<byte> rest, long? steps, Shape[] shapes)
    {
        if (steps is not { } taken)
            return null;
        var lengths = shapes.SelectMany(s => (int[])[s.Inputs * s.Outputs, s.Outputs]).ToArray();
        var (means, squares) = (new float[lengths.Length][], new float[lengths.Length][]);
        for (var i = 0; i < lengths.Length; i++)
            means[i] = ReadFloats(ref rest, lengths[i]);
        for (var i = 0; i < lengths.Length; i++)
            squares[i] = ReadFloats(ref rest, lengths[i]);
        return new(taken, means, squares);
    }

    private static void WriteFloats(Stream stream, IEnumerable<float[]> arrays)
    {
        foreach (var array in arrays)
            stream.Write(MemoryMarshal.AsBytes<float>(array));
    }

    private static float[] ReadFloats(ref Span<byte> rest, int count)
    {
        var floats = MemoryMarshal.Cast<byte, float>(rest[..(count * sizeof(float))]).ToArray();
        rest = rest[(count * sizeof(float))..];
        return floats;
    }

    private static void WriteNumber(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static int ReadNumber(ref Span<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return number;
    }
}
