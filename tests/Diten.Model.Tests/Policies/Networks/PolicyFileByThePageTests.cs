using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Offloading;

namespace Diten.Model.Tests.Policies.Networks;

/// <summary>Policy files written, and networks computed, by what docs/policy-files.md says alone.</summary>
public sealed class PolicyFileByThePageTests : IDisposable
{
    private const int N = Rows.MaximumCandidates;
    private const double Spacing = 120;

    private static readonly string[] Names =
    [
        "distance", "frequency", "deviation", "extra-latency", "latency", "move", "log-queue", "log-queue-move", "cycles", "rank", "drift-plus-penalty",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("set", "diten", new[] { 11, 8, 5, 1 })]
    [InlineData("set", "diten", new[] { 11, 1 })]
    [InlineData("dense", "diten", new[] { 11 * N, 7, N })]
    [InlineData("dense", "paper", new[] { 3 * N + 1, 9, 6, N })]
    public void A_file_written_by_the_page_decides_as_the_page_says(string kind, string state, int[] layers)
    {
        var random = new Random(layers.Sum());
        for (var attempt = 0; attempt < 20; attempt++)
        {
            string[] seen = state == "paper" ? [] : [.. Names.Where(_ => random.Next(4) > 0)];
            var parameters = Enumerable.Range(1, layers.Length - 1).Sum(l => (layers[l - 1] + 1) * layers[l]);
            float[] weights = [.. Enumerable.Range(0, parameters).Select(_ => (float)(random.NextDouble() - 0.5))];
            var content = Content(kind, state, seen, layers, weights);
            var file = Path.Combine(_folder.FullName, $"{attempt}.policy");
            File.WriteAllText(file, content.ToJsonString());
            var batch = Rows.Batch([.. Enumerable.Range(0, 30).Select(_ => RandomRow(random))]);

            var choices = LearnedPolicy.Load(ScenarioOf(state, file), Spacing).Choices(batch);

            for (var row = 0; row < batch.Count; row++)
                Assert.Equal(Choice(kind, state, seen, layers, weights, batch, row), choices[row]);
            PolicyFile.Write(file, PolicyFile.Read(file));
            Assert.True(JsonNode.DeepEquals(content, JsonNode.Parse(File.ReadAllText(file))), File.ReadAllText(file));
        }
    }

    private static JsonObject Content(string kind, string state, string[] seen, int[] layers, float[] weights)
    {
        var bytes = new byte[4 * weights.Length];
        for (var i = 0; i < weights.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), weights[i]);
        return new JsonObject
        {
            ["format"] = "diten-policy",
            ["version"] = 1,
            ["kind"] = kind,
            ["state"] = state,
            ["candidates"] = N,
            ["features"] = new JsonArray([.. seen.Select(name => JsonValue.Create(name))]),
            ["layers"] = new JsonArray([.. layers.Select(size => JsonValue.Create(size))]),
            ["weights"] = Convert.ToBase64String(bytes),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }

    private static int Choice(string kind, string state, string[] seen, int[] layers, float[] weights, DecisionBatch batch, int row)
    {
        var there = batch.CandidateCounts[row];
        float[] scores;
        if (state == "paper")
        {
            var read = new float[3 * N + 1];
            new PaperState(Spacing).Write(batch, row, read);
            scores = Scores(layers, weights, read);
        }
        else
        {
            var read = new float[11 * there];
            new DecisionFeatures(Spacing, 20, 1).Write(batch, row, read);
            float[] reads = [.. read.Select((value, i) => seen.Contains(Names[i % 11]) ? value : 0)];
            scores = kind == "set"
                ? [.. reads.Chunk(11).Select(own => Scores(layers, weights, own)[0])]
                : Scores(layers, weights, [.. reads, .. new float[11 * (N - there)]]);
        }

        return Array.IndexOf(scores, scores.Take(there).Max());
    }

    private static float[] Scores(int[] layers, float[] weights, float[] x)
    {
        var at = 0;
        for (var l = 1; l < layers.Length; l++)
        {
            var (inputs, outputs) = (layers[l - 1], layers[l]);
            var y = weights[(at + inputs * outputs)..(at + inputs * outputs + outputs)]; // each output starts from b
            for (var o = 0; o < outputs; o++)
            {
                for (var i = 0; i < inputs; i++)
                    y[o] = MathF.FusedMultiplyAdd(weights[at + o * inputs + i], x[i], y[o]);
                if (l < layers.Length - 1)
                    y[o] = Math.Max(0, y[o]);
            }

            (x, at) = (y, at + (inputs + 1) * outputs);
        }

        return x;
    }

    private static Scenario ScenarioOf(string state, string file) => new()
    {
        Decisions = new DecisionsSection { Candidates = N, State = state == "paper" ? DecisionState.Paper : DecisionState.Diten },
        Policy = new PolicySection { Name = "learned", File = file },
    };

    private static Row RandomRow(Random random)
    {
        var candidates = 1 + random.Next(N);
        double[] Some(double scale) => [.. Enumerable.Range(0, candidates).Select(_ => (0.1 + random.NextDouble()) * scale)];
        return new Row(Some(0.3))
        {
            Serving = random.Next(candidates + 1) - 1,
            Free = random.Next(5) == 0,
            Queue = random.NextDouble() * 3,
            Cycles = 1e9 + 1e9 * random.NextDouble(),
            Distances = Some(200),
            Hertz = Some(2e10),
        };
    }
}
