using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Model.Input;
using Diten.Model.Offloading;
using Diten.Model.Records;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies.Networks;

/// <summary>Reads and writes policies, <c>*.policy</c>: JSON, with the weights as base64 of little-endian floats and their SHA-256.</summary>
/// <remarks>The weights stand layer by layer, each W row-major before b, as in <see cref="DenseLayer"/>.</remarks>
public static class PolicyFile
{
    private const string Format = "diten-policy";
    private const int Version = 1;
    private const long LargestBytes = 256L << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // '+' of base64 as it is
    };

    /// <summary>What a file holds.</summary>
    /// <param name="Features">Names of the features that the network sees, in the order of <see cref="DecisionFeatures.NamesOf"/>; none with the paper's state.</param>
    /// <param name="Layers">Inputs of the first layer, then outputs of each.</param>
    /// <param name="Sha256">Of the weights' bytes, hex.</param>
    private sealed record Content(
        string Format, int Version, string Kind, string State, int Candidates, string[] Features, int[] Layers, string Weights, string Sha256);

    /// <summary>Reads a policy and checks everything about it.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <exception cref="InputFileException">It is missing, damaged, of another version, or holds what cannot be used; the message says what.</exception>
    public static PolicyWeights Read(string path)
    {
        InputFile.RequireText(path, "JSON");
        var content = Parse(path);
        var kind = Choice<PolicyNetworkKind>(path, "kind", content.Kind);
        var state = Choice<DecisionState>(path, "state", content.State);
        Refuse(path, PolicyShape.Problem(kind, state, content.Candidates) ?? PolicyShape.Problem(kind, state, content.Candidates, content.Layers));
        var weights = new PolicyWeights(kind, state, content.Candidates, Seen(path, state, content.Features), Layers(path, content));
        Refuse(path, PolicyShape.Problem(weights));
        return weights;
    }

    /// <summary>Writes a policy: whole, or not at all. What stood there before is replaced.</summary>
    /// <exception cref="ArgumentException">The weights cannot be used; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, PolicyWeights weights)
    {
        if (PolicyShape.Problem(weights) is { } problem)
            throw new ArgumentException($"The policy {problem}.", nameof(weights));
        var bytes = Bytes(weights);
        var seen = DecisionFeatures.NamesOf(weights.State).Where((_, i) => weights.Features[i]);
        var content = new Content(
            Format, Version, Words.Kebab(weights.Kind.ToString()), Words.Kebab(weights.State.ToString()), weights.Candidates, [.. seen],
            [weights.Layers[0].Inputs, .. weights.Layers.Select(layer => layer.Outputs)], Convert.ToBase64String(bytes), Hash(bytes));
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(stream, content, Json);
                stream.WriteByte((byte)'\n');
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>SHA-256 of a policy's weights, hex: what its file says, too.</summary>
    public static string Hash(PolicyWeights weights) => Hash(Bytes(weights));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Content Parse(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            if (size > LargestBytes)
                throw new InputFileException(path, 0, $"has {size} bytes; policies have at most {LargestBytes}");
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format)
                || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
                throw new InputFileException(path, 0, $"is no policy: it has no \"format\": \"{Format}\"");
            var version = root.TryGetProperty("version", out var written) ? written.GetRawText() : "none";
            if (version != $"{Version}")
                throw new InputFileException(path, 0, $"is of version {version}; this program reads version {Version}");
            return root.Deserialize<Content>(Json)!;
        }
        catch (JsonException problem)
        {
            throw new InputFileException(path, (int)(problem.LineNumber + 1 ?? 0), "is damaged or no policy: " + problem.Message.ReplaceLineEndings(" "));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, 0, "cannot be read: " + problem.Message);
        }
    }

    private static T Choice<T>(string path, string key, string text)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var at = Array.FindIndex(values, value => Words.Kebab(value.ToString()) == text);
        return at >= 0
            ? values[at]
            : throw new InputFileException(path, 0, $"has the {key} '{text}'; allowed: {string.Join(" | ", values.Select(value => Words.Kebab(value.ToString())))}");
    }

    private static bool[] Seen(string path, DecisionState state, string[] features)
    {
        var names = DecisionFeatures.NamesOf(state);
        var seen = new bool[names.Length];
        foreach (var feature in features)
        {
            var index = names.IndexOf(feature);
            if (index < 0 || seen[index])
                throw new InputFileException(path, 0,
                    $"sees the feature '{feature}'{(index < 0 ? "" : " twice")}; allowed: {(seen.Length > 0 ? string.Join(", ", names) : "none with state paper")}");
            seen[index] = true;
        }

        return seen;
    }

    private static DenseLayer[] Layers(string path, Content content)
    {
        var sizes = content.Layers;
        var parameters = Enumerable.Range(1, sizes.Length - 1).Sum(i => ((long)sizes[i - 1] + 1) * sizes[i]);
        if (parameters > LargestBytes / sizeof(float))
            throw new InputFileException(path, 0, $"has layers of {parameters} numbers; allowed: {LargestBytes / sizeof(float)} at most");
        var bytes = new byte[content.Weights.Length / 4 * 3];
        if (!Convert.TryFromBase64String(content.Weights, bytes, out var length))
            throw new InputFileException(path, 0, "is damaged: its weights are no base64");
        if (length != parameters * sizeof(float))
            throw new InputFileException(path, 0, $"has weights of {length} bytes; layers {string.Join(", ", sizes)} have {parameters * sizeof(float)}");
        if (Hash(bytes[..length]) is var found && !found.Equals(content.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new InputFileException(path, 0, $"is damaged: the SHA-256 of its weights is {found}, not {content.Sha256} as it says");

        ReadOnlySpan<byte> rest = bytes;
        var layers = new DenseLayer[sizes.Length - 1];
        for (var i = 0; i < layers.Length; i++)
        {
            var (inputs, outputs) = (sizes[i], sizes[i + 1]);
            layers[i] = new DenseLayer(inputs, outputs, new float[inputs * outputs], new float[outputs]);
            Take(ref rest, layers[i].Weights);
            Take(ref rest, layers[i].Bias);
        }

        return layers;
    }

    private static void Take(ref ReadOnlySpan<byte> bytes, float[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        bytes = bytes[(numbers.Length * sizeof(float))..];
    }

    private static byte[] Bytes(PolicyWeights weights)
    {
        var bytes = new byte[PolicyShape.Parameters(weights.Layers) * sizeof(float)];
        var at = 0;
        foreach (var layer in weights.Layers)
            foreach (var number in layer.Weights.Concat(layer.Bias))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), number);
                at += sizeof(float);
            }

        return bytes;
    }

    private static void Refuse(string path, string? problem)
    {
        if (problem is not null)
            throw new InputFileException(path, 0, problem);
    }
}
