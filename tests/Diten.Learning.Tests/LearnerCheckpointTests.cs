using System.Buffers.Binary;
using System.Security.Cryptography;
using Diten.Model.Learning;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

public sealed class LearnerCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_gives_back_what_was_written()
    {
        var shape = Some.Shape(PolicyNetworkKind.Dense, candidates: 4) with { Features = [false, .. Some.AllFeatures.Skip(1)], PolicyWidths = [7], CriticWidths = [5, 3] };
        using var learner = new ActorCritic(new() { Critic = CriticKind.ActionValue }, shape, seed: 1);
        learner.Update(Some.Episodes(shape, seed: 1));
        var written = learner.ToCheckpoint();

        written.Save(PathOf("a"));
        var read = LearnerCheckpoint.Load(PathOf("a"));

        Assert.Equivalent(written, read, strict: true);
        Assert.Equal((1, 16), (read.Version, read.PolicyAdam!.Steps));
    }

    [Fact]
    public void The_papers_update_has_no_memory_of_steps()
    {
        using var learner = new ActorCritic(new() { Update = LearningUpdate.Paper }, Some.Shape(), seed: 1);

        learner.ToCheckpoint().Save(PathOf("a"));
        var read = LearnerCheckpoint.Load(PathOf("a"));

        Assert.Null(read.PolicyAdam);
        Assert.Null(read.CriticAdam);
    }

    [Fact]
    public void A_later_file_takes_the_place_of_an_earlier_one_and_leaves_nothing_beside_it()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        learner.ToCheckpoint().Save(PathOf("a"));
        learner.Update([]);

        learner.ToCheckpoint().Save(PathOf("a"));

        Assert.Equal(1, LearnerCheckpoint.Load(PathOf("a")).Version);
        Assert.Equal([PathOf("a")], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_damaged_file_is_refused_by_name_wherever_the_damage_is()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        learner.ToCheckpoint().Save(PathOf("a"));
        var whole = File.ReadAllBytes(PathOf("a"));

        foreach (var at in new[] { 0, 9, 13, 40, whole.Length / 2, whole.Length - 33, whole.Length - 1 })
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            AssertRefused("damaged", damaged);
        }

        AssertRefused("empty", []);
        AssertRefused("cut", whole[..^1]);
        AssertRefused("shortened", whole[..(whole.Length / 2)]);
        AssertRefused("longer", [.. whole, 0]);
    }

    [Fact]
    public void A_whole_file_of_another_format_or_with_a_senseless_header_is_refused_by_name()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        learner.ToCheckpoint().Save(PathOf("a"));
        var whole = File.ReadAllBytes(PathOf("a"));

        Assert.Contains("format 3", AssertRefused("later", Changed(whole, 8, 3)));
        AssertRefused("negative", Changed(whole, 12, -1));
        AssertRefused("long", Changed(whole, 12, int.MaxValue));
        AssertRefused("short", Changed(whole, 12, 5));
        AssertRefused("more", Hashed([.. whole[..^32], 0, 0, 0, 0]));
        AssertRefused("less", Hashed(whole[..^36]));
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_damaged_one() => Assert.Throws<FileNotFoundException>(() => LearnerCheckpoint.Load(PathOf("none")));

    [Fact]
    public void A_checkpoint_whose_parts_do_not_fit_makes_no_learner()
    {
        using var learner = new ActorCritic(new(), Some.Shape(), seed: 1);
        var checkpoint = learner.ToCheckpoint();

        Assert.Throws<ArgumentException>(() => new ActorCritic(new(), Some.Shape(candidates: 6), 1, checkpoint));
        Assert.Throws<ArgumentException>(() => new ActorCritic(new(), Some.Shape(), 1, checkpoint with { Critic = [.. checkpoint.Critic.Skip(1)] }));
        Assert.Throws<ArgumentException>(() => new ActorCritic(new() { Critic = CriticKind.ActionValue }, Some.Shape(), 1, checkpoint));
    }

    private string AssertRefused(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        var refusal = Assert.Throws<InvalidDataException>(() => LearnerCheckpoint.Load(PathOf(name)));
        Assert.Contains(PathOf(name), refusal.Message);
        return refusal.Message;
    }

    private static byte[] Changed(byte[] whole, int at, int number)
    {
        var changed = whole[..^32];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), number);
        return Hashed(changed);
    }

    private static byte[] Hashed(byte[] content) => [.. content, .. SHA256.HashData(content)];
}
