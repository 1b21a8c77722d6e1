using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

public sealed class TwinLinksTests
{
    [Fact]
    public void A_request_and_word_of_a_whole_state_that_leave_in_one_slot_meet_fates_of_their_own()
    {
        var half = new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Request, Probability = 0.5 };
        var links = new TwinLinks(World.Create(Small.City() with { Faults = new FaultMap([half]) }), server: 0);
        for (var slot = 0; slot < 100; slot++)
        {
            links.Tell(new TwinWord(true, slot), slot, null!, null); // a link with a fault keeps what it delivers later
            links.Tell(new TwinWord(false, slot), slot, null!, null);
        }

        var words = links.Save(null)!.Words;

        Assert.InRange(words.GroupBy(word => word.Sent).Count(slot => slot.Count() == 2), 12, 38); // both: a quarter of all slots, not half
    }
}
