using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Model.Learning;

namespace Diten.Learning;

/// <summary>What a learner was, as bytes: compressed JSON, arrays of floats as base64 so that no bit is lost.</summary>
/// <param name="Trainer">Networks, optimiser and counters.</param>
/// <param name="Policies">Those in force from the next slot on, ascending.</param>
/// <param name="Episodes">Decisions that have trained nothing yet.</param>
/// <param name="Twin">What the system's twin knows, as <see cref="SystemTwinBytes"/>; null = nothing.</param>
internal sealed record SavedLearner(byte[] Trainer, IReadOnlyList<PolicyPublished> Policies, SavedEpisodes Episodes, byte[]? Twin)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        IncludeFields = true, // of tuples
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new FloatsAsBase64() },
    };

    public static byte[] Write(SavedLearner saved)
    {
        using var bytes = new MemoryStream();
        using (var stream = new BrotliStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(stream, saved, Json);
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static SavedLearner Read(byte[] bytes)
    {
        try
        {
            using var stream = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<SavedLearner>(stream, Json)!;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The learner's checkpoint is damaged: {damaged.Message}", damaged);
        }
    }

    private sealed class FloatsAsBase64 : JsonConverter<float[]>
    {
        public override float[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            MemoryMarshal.Cast<byte, float>(reader.GetBytesFromBase64()).ToArray();

        public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
    }
}
