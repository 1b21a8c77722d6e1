using Diten.Emulation.Tests.Results;
using Diten.Runs.Demos.Lectures;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>A script of a lecture in which nothing is wrong, and which runs in a moment: 12 slots, 20 devices, two worlds.</summary>
internal static class TinyLecture
{
    public const string Script = """
        lecture {
          title = T, text = "What it is about.", seeds = [1, 2]
          scenes {
            part {
              title = Parted, text = "What is asked."
              scenario = tiny.conf
              set { slots = 12 }
              sides { levels { near { policy.name = nearest-first }, told { policy.name = drift-plus-penalty } } }
              loads { label = Devices, devices.count = [10, 20] }
              figures = [latency.mean, failureRate]
              server = 1
              devices = [3, 4]
              captions { 0 = "It begins.", 5 = "It goes on." }
              questions {
                many { at = 20, slot = 2, slots = [3, 12], tells = 9, asks = "How much?", because = "So it is.", answers {
                  less { says = Less, lies = "below -10 s" }, more { says = More, lies = "from -10 s to 10 s" }, much { says = Much, lies = "above 10 s" } } }
                few { slot = 4, of = failureRate, asks = "How often?", answers {
                  less { says = Less, lies = "below 0 %" }, more { says = More, lies = "above 0 %" } } }
              }
            }
          }
        }
        """;

    /// <summary>Writes it and its scenario into a folder; returns the script's path.</summary>
    public static string Write(TemporaryFolder folder, string script = Script)
    {
        File.WriteAllText(folder.At("tiny.conf"), "slots = 6\narea.side = 800 m\ndevices.count = 20\ndecisions.rounds = 1\nmeasure.regret = on\ntwins.deviation.source = emergent\n");
        File.WriteAllText(folder.At("script.conf"), script);
        return folder.At("script.conf");
    }

    /// <summary>Reads it with something in the place of something else.</summary>
    public static LectureScript Read(TemporaryFolder folder, string old, string other)
    {
        Assert.Equal(1, Script.Split(old).Length - 1); // else the test would not change what it means
        return LectureFile.Read(Write(folder, Script.Replace(old, other, StringComparison.Ordinal)));
    }
}
