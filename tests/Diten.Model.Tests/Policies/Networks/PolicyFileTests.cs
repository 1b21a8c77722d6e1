using System.Text.Json.Nodes;
using Diten.Model.Input;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Policies.Networks;

public sealed class PolicyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-test-");

    private string File => Path.Combine(_folder.FullName, "a.policy");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<PolicyWeights> Policies => new(
        UntrainedPolicy.Set(1),
        UntrainedPolicy.Set(1) with { Features = [.. Enumerable.Range(0, 11).Select(i => i is 3 or 10)] },
        UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Diten, 10, [8], 2),
        UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, 5, [64, 64, 64], 3),
        UntrainedPolicy.Create(PolicyNetworkKind.Set, DecisionState.Diten, 5, [], 4),
        UntrainedPolicy.Create(PolicyNetworkKind.Set, DecisionState.DitenAged, 5, [8], 5),
        UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.DitenAged, 3, [8], 6));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_is_read_back_to_the_same_bits(PolicyWeights policy)
    {
        PolicyFile.Write(File, policy);

        var back = PolicyFile.Read(File);

        Assert.Equal((policy.Kind, policy.State, policy.Candidates), (back.Kind, back.State, back.Candidates));
        Assert.Equal(policy.Features, back.Features);
        Assert.Equal(policy.Layers.Count, back.Layers.Count);
        foreach (var (wrote, read) in policy.Layers.Zip(back.Layers))
        {
            Assert.Equal((wrote.Inputs, wrote.Outputs), (read.Inputs, read.Outputs));
            Assert.Equal(wrote.Weights, read.Weights);
            Assert.Equal(wrote.Bias, read.Bias);
        }
    }

    [Fact]
    public void A_file_says_what_it_holds()
    {
        PolicyFile.Write(File, Tiny);

        Assert.Equal("""
            {
              "format": "diten-policy",
              "version": 1,
              "kind": "dense",
              "state": "paper",
              "candidates": 1,
              "features": [],
              "layers": [
                4,
                1
              ],
              "weights": "AACAPwAAAMAAAAA/AAAAAAAAQEA=",
              "sha256": "9e5d4e3f"
            }

            """.ReplaceLineEndings("\n").Replace("9e5d4e3f", PolicyFile.Hash(Tiny)), System.IO.File.ReadAllText(File));
        // The first two: 1 and −2, little-endian.
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], Convert.FromBase64String("AACAPwAAAMAAAAA/AAAAAAAAQEA=")[..8]);
    }

    [Fact]
    public void A_file_names_the_features_that_its_network_sees()
    {
        PolicyFile.Write(File, UntrainedPolicy.Set(1) with { Features = [.. DecisionFeatures.Names.Select(name => name is "move" or "rank")] });

        Assert.Equal(["move", "rank"], JsonNode.Parse(System.IO.File.ReadAllText(File))!["features"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left()
    {
        PolicyFile.Write(File, UntrainedPolicy.Set(1));
        PolicyFile.Write(File, Tiny);

        Assert.Equal(1, PolicyFile.Read(File).Candidates);
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(File);

        Assert.ThrowsAny<Exception>(() => PolicyFile.Write(File, Tiny));

        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_not_written()
    {
        var problem = Assert.Throws<ArgumentException>(() => PolicyFile.Write(File, Tiny with { Layers = [Tiny.Layers[0] with { Bias = [float.NaN] }] }));

        Assert.Contains("has the bias NaN in layer 1 at 0; allowed: finite numbers", problem.Message);
        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("format", "\"another\"", "is no policy: it has no \"format\": \"diten-policy\"")]
    [InlineData("version", "2", "is of version 2; this program reads version 1")]
    [InlineData("version", "\"1\"", "is of version \"1\"; this program reads version 1")]
    [InlineData("version", null, "is of version none; this program reads version 1")]
    [InlineData("kind", "\"deep\"", "has the kind 'deep'; allowed: set | dense")]
    [InlineData("state", "\"diten2\"", "has the state 'diten2'; allowed: diten | paper")]
    [InlineData("state", "\"paper\"", "is a set network that reads the paper's state")]
    [InlineData("candidates", "0", "was made for 0 candidates; allowed: 1 to 1000")]
    [InlineData("candidates", "\"five\"", "is damaged or no policy: ")]
    [InlineData("features", "[\"move\", \"colour\"]", "sees the feature 'colour'; allowed: distance, frequency, deviation,")]
    [InlineData("features", "[\"move\", \"move\"]", "sees the feature 'move' twice")]
    [InlineData("layers", "[]", "has no layers")]
    [InlineData("layers", "[11, 32, -32, 1]", "has layers of sizes 11, 32, -32, 1; allowed: 1 to 65536 each")]
    [InlineData("layers", "[12, 32, 32, 1]", "has 12 inputs and 1 outputs; set networks with state diten for 5 candidates have 11 and 1")]
    [InlineData("layers", "[11, 32, 31, 1]", "has weights of 5892 bytes; layers 11, 32, 31, 1 have 5756")]
    [InlineData("layers", "[11, 65536, 65536, 1]", "has layers of 4295884801 numbers; allowed: 67108864 at most")]
    [InlineData("weights", "\"?\"", "is damaged: its weights are no base64")]
    [InlineData("weights", "null", "is damaged or no policy: ")]
    [InlineData("sha256", "\"00\"", "is damaged: the SHA-256 of its weights is ")]
    [InlineData("sha256", null, "is damaged or no policy: ")]
    [InlineData("temperature", "1", "is damaged or no policy: ")]
    public void What_is_wrong_with_a_file_is_said(string key, string? value, string problem)
    {
        PolicyFile.Write(File, UntrainedPolicy.Set(1));
        var content = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        content.Remove(key);
        if (value is not null)
            content[key] = JsonNode.Parse(value);
        System.IO.File.WriteAllText(File, content.ToJsonString());

        var refusal = Assert.Throws<InputFileException>(() => PolicyFile.Read(File));

        Assert.StartsWith(File, refusal.Message);
        Assert.Contains(problem, refusal.Message);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_refused_by_its_place()
    {
        PolicyFile.Write(File, Tiny);
        byte[] bytes = Convert.FromBase64String("AACAPwAAAMAAAAA/AAAAAAAAQEA=");
        BitConverter.TryWriteBytes(bytes.AsSpan(8), float.NaN);
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("AACAPwAAAMAAAAA/AAAAAAAAQEA=", Convert.ToBase64String(bytes))
            .Replace(PolicyFile.Hash(Tiny), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));

        Assert.EndsWith("has the weight NaN in layer 1 at 2; allowed: finite numbers", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_file_that_is_cut_off_is_refused(double share)
    {
        PolicyFile.Write(File, UntrainedPolicy.Set(1));
        var text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, text[..(int)(share * text.Length)]);

        Assert.Contains("is damaged or no policy: ", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_something_else_is_refused()
    {
        Assert.EndsWith("does not exist", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
        System.IO.File.WriteAllBytes(File, [1, 2, 3, 0]);
        Assert.EndsWith("is a binary file, not JSON", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
        System.IO.File.WriteAllText(File, "[1, 2]");
        Assert.Contains("is no policy", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
    }

    [Fact]
    public void A_world_reads_the_policy_that_its_scenario_names()
    {
        PolicyFile.Write(File, UntrainedPolicy.Set(3));
        var scenario = new Scenario { Policy = new PolicySection { Name = "learned", File = File } };

        var policy = Assert.IsType<LearnedPolicy>(World.Create(scenario).Policy);

        Assert.Equal(File, policy.File);
        Assert.Equal(PolicyFile.Hash(UntrainedPolicy.Set(3)), PolicyFile.Hash(policy.Weights));
    }

    [Fact]
    public void A_world_refuses_a_policy_that_does_not_fit()
    {
        PolicyFile.Write(File, Tiny);
        var scenario = new Scenario { Policy = new PolicySection { Name = "learned", File = File } };

        Assert.Contains(File + ": reads the state paper, but decisions.state = diten: set decisions.state = paper",
            Assert.Throws<InputFileException>(() => World.Create(scenario)).Message);
        Assert.Contains(File + ": is a dense network for 1 candidates, but decisions.candidates = 5",
            Assert.Throws<InputFileException>(() => World.Create(scenario with { Decisions = new DecisionsSection { State = DecisionState.Paper } })).Message);
    }

    [Fact]
    public void A_policy_that_reads_ages_is_refused_where_they_are_not_read_and_the_other_way_round()
    {
        var aged = new Scenario { Policy = new PolicySection { Name = "learned", File = File }, Decisions = new DecisionsSection { State = DecisionState.DitenAged } };

        PolicyFile.Write(File, UntrainedPolicy.Create(PolicyNetworkKind.Set, DecisionState.DitenAged, 5, [4], 1));
        Assert.IsType<LearnedPolicy>(World.Create(aged).Policy);
        Assert.Contains("reads the state diten-aged, but decisions.state = diten:",
            Assert.Throws<InputFileException>(() => World.Create(aged with { Decisions = new DecisionsSection() })).Message);

        PolicyFile.Write(File, UntrainedPolicy.Set(1));
        Assert.Contains("reads the state diten, but decisions.state = diten-aged:", Assert.Throws<InputFileException>(() => World.Create(aged)).Message);
    }

    [Fact]
    public void A_feature_of_age_is_none_of_the_plain_state()
    {
        PolicyFile.Write(File, UntrainedPolicy.Create(PolicyNetworkKind.Set, DecisionState.DitenAged, 5, [4], 1));
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("diten-aged", "diten"));

        Assert.Contains("has 14 inputs and 1 outputs; set networks with state diten", Assert.Throws<InputFileException>(() => PolicyFile.Read(File)).Message);
    }

    private static PolicyWeights Tiny { get; } =
        new(PolicyNetworkKind.Dense, DecisionState.Paper, 1, [], [new DenseLayer(4, 1, [1, -2, 0.5f, 0], [3])]);
}
