using System.Xml.Linq;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.ServerTwins;
using Diten.Runs.Plots;

namespace Diten.Emulation.Tests.Plots;

public sealed class TwinPlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lost_syncs_and_the_slot_in_question_are_marked_in_both_plots_and_once_in_each_legend()
    {
        TwinSlot[] slots = [.. Enumerable.Range(0, 40).Select(slot => Slot(slot, lost: slot is 10 or 25))];

        var path = TwinPlot.Write(_folder.Path, server: 3, slots, at: 12);

        var texts = Texts(path);
        Assert.Equal(2, texts.Count(text => text == "lost sync"));
        Assert.Equal(2, texts.Count(text => text == "slot 12"));
        Assert.Equal(2, texts.Count(text => text == "as the twin believed"));
        Assert.True(File.Exists(path + ".png"));
    }

    [Fact]
    public void A_single_slot_without_marks_is_drawn()
    {
        var texts = Texts(TwinPlot.Write(_folder.Path, server: 3, [Slot(0, lost: false)], at: null));

        Assert.Equal(2, texts.Count(text => text == "true"));
        Assert.DoesNotContain("lost sync", texts);
    }

    private static string[] Texts(string path) =>
        [.. XDocument.Load(path + ".svg").Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private static TwinSlot Slot(int slot, bool lost) => new(
        slot, new TwinEstimate(3, slot, slot, 0, 10e9 + slot * 1e8, slot % 5, 0), false, new ServerTruth(3, 10e9 + slot * 1.1e8, slot % 6), 0,
        lost ? [new TwinDesynchronized(slot)] : []);
}
