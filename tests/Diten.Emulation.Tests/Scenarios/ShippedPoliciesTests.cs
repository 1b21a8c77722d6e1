using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Learning;
using Diten.Model.Policies.Networks;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>The policies in <c>scenarios/policies</c> are what the README beside them says.</summary>
public sealed partial class ShippedPoliciesTests : IDisposable
{
    private static readonly string Policies = Path.Combine(Path.GetDirectoryName(ScenarioFiles.Shipped("quickstart"))!, "policies");

    private static readonly string Here = Path.Combine(
        Path.GetDirectoryName(ScenarioFiles.Shipped("quickstart"))!, "..", "tests", "Diten.Emulation.Tests", "Scenarios");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_policy_is_in_the_table_with_its_digest()
    {
        var table = Rows().Where(row => row.File.EndsWith(".policy", StringComparison.Ordinal)).ToDictionary(row => row.File, row => row.Sha256);
        var shipped = Directory.GetFiles(Policies, "*.policy").ToDictionary(file => Path.GetFileName(file), file => PolicyFile.Hash(PolicyFile.Read(file)));

        Assert.NotEmpty(shipped);
        Assert.Equal(table.OrderBy(row => row.Key, StringComparer.Ordinal), shipped.OrderBy(row => row.Key, StringComparer.Ordinal));
    }

    /// <summary>Torch adds in another order on processors of another make: where its fingerprint is another one, weights differ, and decisions do as well.</summary>
    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task The_first_tenth_of_the_quickstarts_training_gives_the_same_policy_again()
    {
        var (command, sha256) = Rows().Single(row => row.File.Contains("learning.slots=160", StringComparison.Ordinal));
        var changes = command.Split(' ')[3..]; // behind "diten train scenarios/quickstart.conf"

        await Program.Run(0, ["train", ScenarioFiles.Shipped("quickstart"), .. changes, "--out", _folder.At("tenth"), "--quiet"]);

        var card = PolicyCard.Read(Path.Combine(_folder.At("tenth"), "policy.json"));
        Assert.Equal(10, card.Version);
        Assert.DoesNotContain(card.ChangedKeys, key => key.Key == "policy.file"); // where somebody keeps files is nobody's business
        Assert.Equal(TrainingFingerprint.Here, card.Fingerprint);
        if (card.Fingerprint == ShippedFingerprint())
            Assert.Equal(sha256, card.Sha256);
        await ExpectToDecideAlike(Path.Combine(Here, "quickstart-tenth.policy"), Path.Combine(_folder.At("tenth"), card.File));
        Assert.InRange(card.Last.RewardPerSlot, -3.9993 - 0.04, -3.9993 + 0.04); // 1 %
    }

    /// <summary>The bounds that docs/reproducibility.md states.</summary>
    private async Task ExpectToDecideAlike(string there, string here)
    {
        foreach (var seed in new[] { "1", "2", "3" })
        {
            foreach (var (policy, name) in new[] { (there, "there"), (here, "here") })
                await Program.Run(0, "run", ScenarioFiles.Shipped("quickstart"), "--seed", seed, "--set", $"policy.file={policy}", "--out", _folder.At(name + seed), "--quiet", "--no-tables");
            var (expected, found) = (Summary("there" + seed), Summary("here" + seed));
            Assert.InRange(found[Metric.Latency] / expected[Metric.Latency], 0.98, 1.02);
            Assert.InRange(found[Metric.Reward] / expected[Metric.Reward], 0.98, 1.02);
        }
    }

    private static string ShippedFingerprint() => Fingerprint().Match(File.ReadAllText(Path.Combine(Policies, "README.md"))).Groups[1].Value;

    [GeneratedRegex("fingerprint `([0-9a-f]{16})`")]
    private static partial Regex Fingerprint();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task The_quickstarts_policy_is_faster_than_nearest_first_and_fails_less()
    {
        await Program.Run(0, "run", ScenarioFiles.Shipped("quickstart"), "--out", _folder.At("learned"), "--quiet");
        await Program.Run(
            0, "run", ScenarioFiles.Shipped("quickstart"), "--out", _folder.At("nearest"), "--quiet", "--set", "policy.name=nearest-first");

        var (learned, nearest) = (Summary("learned"), Summary("nearest"));
        Assert.True(learned[Metric.Latency] < 0.8 * nearest[Metric.Latency]);
        Assert.True(learned[Metric.FailureRate] < 0.5 * nearest[Metric.FailureRate]);
    }

    private RunSummary Summary(string run) => RunSummary.Read(Path.Combine(_folder.At(run), "summary.json"));

    /// <summary>Rows of the README's tables whose last cell is a digest: a file or command first.</summary>
    private static IEnumerable<(string File, string Sha256)> Rows() => File.ReadLines(Path.Combine(Policies, "README.md"))
        .Select(line => Row().Match(line)).Where(match => match.Success).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex(@"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$")]
    private static partial Regex Row();
}
