using System.Globalization;
using System.Net.Http;
using Diten.Actors;
using Diten.Bench;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.View.Recordings;
using Diten.View.Serving;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>
/// What viewers cost: the same run with none and with some, in turn, in this process. Viewers ask for what the page asks for, as often, but
/// show nothing; what they use themselves counts as theirs, as it is taken from the same machine.
/// </summary>
internal static class ViewersBench
{
    /// <summary>Viewers of one run, at most: each has up to four requests open, and the page's server takes no more.</summary>
    public const int MostViewers = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(16); // the page's

    /// <summary>Reads numbers of viewers, with commas between them.</summary>
    /// <exception cref="UserErrorException">One is none, or out of range.</exception>
    public static int[] Parse(string text) =>
    [
        .. text.Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostViewers
            ? number
            : throw new UserErrorException($"--viewers: found '{text}'; allowed: whole numbers from 1 to {MostViewers}, with commas between them, such as 1,10.")).Distinct(),
    ];

    /// <summary>Measures, and prints a table.</summary>
    /// <param name="viewers">Numbers of viewers, 1 to <see cref="MostViewers"/>.</param>
    public static async Task RunAsync(Session session, BenchWorkload workload, int[] viewers, int repeat, StatusLine line, CancellationToken cancel)
    {
        int[] counts = [0, .. viewers];
        var turns = new List<Dictionary<int, BenchSample>>();
        for (var turn = 0; turn < repeat; turn++)
        {
            var samples = new Dictionary<int, BenchSample>();
            for (var i = 0; i < counts.Length; i++)
            {
                var count = counts[(i + turn) % counts.Length]; // each turn begins with another one
                var done = ((turn * counts.Length) + i) / (double)(repeat * counts.Length);
                line.Show(() => $"{done:P0}  {workload}, {count} viewers");
                samples[count] = await MeasureAsync(session, workload, count, cancel);
            }

            turns.Add(samples);
        }

        line.Clear();
        Print(session.Terminal, counts, turns);
    }

    private static async Task<BenchSample> MeasureAsync(Session session, BenchWorkload workload, int viewers, CancellationToken cancel)
    {
        GC.Collect();
        var options = new EmulationOptions { WorkerThreads = workload.Threads };
        if (viewers == 0)
            return await BenchRunner.RunProductAsync(session, workload, options, null, cancel);
        var folder = Directory.CreateTempSubdirectory("diten-viewers-");
        try
        {
            await using var server = await ViewServer.StartAsync(0);
            var every = RunRecorder.DrawnEveryFor(workload.Devices, 0);
            using var recorder = new RunRecorder(folder.FullName, "bench", workload.World(), every, shown: true);
            server.Show(recorder);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var looks = Enumerable.Range(0, viewers).Select(_ => LookAsync(new Uri(server.Address), over.Token)).ToArray();
            var sample = await BenchRunner.RunProductAsync(session, workload, options with { DeviceRecordsEvery = every }, recorder, cancel);
            await over.CancelAsync();
            await Task.WhenAll(looks);
            return sample;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Asks as the page does, until it is cancelled: the newest frame, then what grew.</summary>
    private static async Task LookAsync(Uri address, CancellationToken over)
    {
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            for (var seen = 0; ;)
            {
                var frame = await client.GetByteArrayAsync($"api/next?seen={seen}", over);
                if (frame.Length > 0)
                {
                    await Task.WhenAll(
                        client.GetByteArrayAsync($"api/series?from={seen}", over), client.GetByteArrayAsync("api/events?from=0", over),
                        client.GetByteArrayAsync("api/nodes?from=0", over));
                    seen = BitConverter.ToInt32(frame, 4) + 1;
                }

                await Task.Delay(Pause, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private static void Print(Terminal terminal, int[] counts, List<Dictionary<int, BenchSample>> turns)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("viewers", "device-slots/s", "of those with none", "CPU, of that with none");
        foreach (var count in counts)
            table.AddRow(
                count.ToString(CultureInfo.InvariantCulture), Middle(turns.Select(turn => turn[count].Rate)).ToString("N0", CultureInfo.InvariantCulture),
                Ratios(turns.Select(turn => turn[count].Rate / turn[0].Rate)), Ratios(turns.Select(turn => turn[count].ProcessorSeconds / turn[0].ProcessorSeconds)));
        terminal.Tables().Write(table);
        terminal.Out.WriteLine("The middle of the turns, and in brackets turn by turn. CPU is of the run, its recording, its page's server and the viewers together.");
    }

    private static string Ratios(IEnumerable<double> ratios) => string.Create(
        CultureInfo.InvariantCulture, $"{Middle(ratios):F2} ({string.Join(", ", ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)))})");

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
