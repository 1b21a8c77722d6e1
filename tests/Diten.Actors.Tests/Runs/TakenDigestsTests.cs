using Diten.Actors.Tests.Clock;

namespace Diten.Actors.Tests.Runs;

public sealed class TakenDigestsTests
{
    [Fact]
    public void Only_slots_that_may_be_run_again_are_kept()
    {
        var digests = new TakenDigests([Digest(0), Digest(1)], checkpoints: true);
        for (byte slot = 2; slot < 50; slot++)
            digests.Add(Digest(slot));

        digests.ForgetBefore(40);

        Assert.Equal((2, 50, 10), (digests.AtStart, digests.Count, digests.Kept));
        Assert.True(digests.Contradict(45, Digest(46)));
        Assert.False(digests.Contradict(45, Digest(45)));
        Assert.False(digests.Contradict(39, Digest(0))); // nobody can say
    }

    [Fact]
    public void Without_checkpoints_some_of_the_last_are_kept()
    {
        var digests = new TakenDigests([], checkpoints: false);
        for (byte slot = 0; slot < 200; slot++)
            digests.Add(Digest(slot));

        Assert.Equal((200, 16), (digests.Count, digests.Kept));
        Assert.True(digests.Contradict(199, Digest(198)));
    }

    private static byte[] Digest(byte mark) => [mark];
}
