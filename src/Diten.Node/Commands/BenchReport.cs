using System.Globalization;
using Diten.Bench;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>Shows what <c>diten bench</c> measured.</summary>
internal static class BenchReport
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Prints the table of all measurements, and what follows from them.</summary>
    public static void Write(Terminal terminal, BenchWorkload workload, IReadOnlyList<BenchSample> samples)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("program", "devices", "rounds", "channels", "nodes", "checkpoints")
            .AddColumns([.. ((string[])["device-slots/s", "lowest - highest", "a slot", "CPU", "allocated", "GC", "start", "peak", "wire"])
                .Select(title => new TableColumn(title).RightAligned())]);
        var middles = samples.GroupBy(s => (s.Subject, s.Workload)).Select(Middle).ToList();
        foreach (var middle in middles)
        {
            var rates = samples.Where(s => s.Subject == middle.Subject && s.Workload == middle.Workload).Select(s => s.Rate).ToArray();
            table.AddRow(
                middle.Subject.ToString().ToLowerInvariant() + (middle.Workload.Learned ? ", learned" : "") + (middle.Workload.Faults ? ", faults" : ""),
                middle.Workload.Devices.ToString("N0", Plain), $"{middle.Workload.Rounds}", $"{middle.Workload.Channels}",
                middle.Workload.Nodes == 0 ? "-" : $"{middle.Workload.Nodes}{(middle.Workload.DealZones ? ", dealt" : "")}",
                middle.Workload.CheckpointEvery == 0 ? "-" : $"every {middle.Workload.CheckpointEvery}",
                Millions(middle.Rate), $"{Millions(rates.Min())} - {Millions(rates.Max())}",
                string.Create(Plain, $"{middle.SlotSeconds * 1e3:F1} ms"), string.Create(Plain, $"{middle.ProcessorSeconds * 1e9:F0} ns"),
                string.Create(Plain, $"{middle.AllocatedBytes:F0} B"), string.Create(Plain, $"{middle.CollectorShare:P1}"),
                string.Create(Plain, $"{middle.StartSeconds:F1} s"), string.Create(Plain, $"{middle.PeakBytes / 1e9:F2} GB"),
                middle.Workload.Nodes == 0 ? "-" : string.Create(Plain, $"{middle.WireBytes:F0} B"));
        }

        terminal.Tables().Write(table);
        terminal.Out.WriteLine("CPU and allocated: of all threads, per device-slot. GC: share of the time in which garbage collection stops the program (of a cluster, the observer). Wire: bytes over the loopback network per device-slot.");
        Of(BenchSubject.Floor, workload, floor => Of(BenchSubject.Product, workload, product => terminal.Out.WriteLine(string.Create(
            Plain, $"product / floor = {product.Rate / floor.Rate:P0} of the rate; CPU {product.ProcessorSeconds / floor.ProcessorSeconds:F2} times"))));
        Of(BenchSubject.Array, workload, array => Of(BenchSubject.Product, workload, product => terminal.Out.WriteLine(string.Create(
            Plain, $"product / array = {product.Rate / array.Rate:P0} of the rate; CPU {product.ProcessorSeconds / array.ProcessorSeconds:F2} times"))));
        foreach (var other in middles.Where(m => m.Workload with { Nodes = 0, DealZones = false, CheckpointEvery = 0, Learned = false, Faults = false, Slots = workload.Slots } == workload && m.Workload != workload))
            Of(BenchSubject.Product, workload, product => terminal.Out.WriteLine(string.Create(
                Plain, $"{Name(other.Workload)} / product = {other.Rate / product.Rate:P0} of the rate; CPU {other.ProcessorSeconds / product.ProcessorSeconds:F2} times")));
        foreach (var figures in middles.Select(middle => middle.Learning).OfType<LearningFigures>())
            WriteLearning(terminal, figures);
        WriteGrowth(terminal, [.. middles.Where(IsPlainProduct).OrderBy(s => s.Workload.Devices)]);

        void Of(BenchSubject subject, BenchWorkload wanted, Action<BenchSample> then)
        {
            if (middles.Find(s => s.Subject == subject && s.Workload == wanted) is { } found)
                then(found);
        }
    }

    /// <summary>How fast a policy decides and learns.</summary>
    private static void WriteLearning(Terminal terminal, LearningFigures figures)
    {
        foreach (var line in (FormattableString[])
                 [
                     $"decisions of a set policy 11 → 32 → 32 → 1, {figures.Decisions} at once: C# {figures.DecisionRate / 1e6:F2} M/s, TorchSharp's forward {figures.TorchDecisionRate / 1e6:F2} M/s, C# / TorchSharp = {figures.DecisionRatio:F2}",
                     $"training, {figures.Transitions:N0} transitions a version: {figures.TransitionRate:N0} transitions/s",
                     $"a training run of {figures.RunSlots} slots took {figures.RunSeconds:F1} s, {figures.TrainingShare:P0} of it in training",
                 ])
            terminal.Out.WriteLine(line.ToString(Plain));
    }

    /// <summary>How the time of a slot grows: a straight line has one marginal cost.</summary>
    private static void WriteGrowth(Terminal terminal, BenchSample[] sizes)
    {
        var costs = new List<double>();
        for (var i = 1; i < sizes.Length; i++)
        {
            var (few, many) = (sizes[i - 1], sizes[i]);
            costs.Add((many.SlotSeconds - few.SlotSeconds) / (many.Workload.Devices - few.Workload.Devices));
            terminal.Out.WriteLine(string.Create(
                Plain, $"from {few.Workload.Devices:N0} to {many.Workload.Devices:N0} devices a slot takes {costs[^1] * 1e9:F0} ns more a device"));
        }

        if (costs.Count == 2)
            terminal.Out.WriteLine(string.Create(Plain, $"the second is {costs[1] / costs[0] - 1:+0 %;-0 %} against the first"));
    }

    private static string Name(BenchWorkload workload) => workload.Learned ? "with a set policy 11 → 32 → 32 → 1"
        : workload.Faults ? "with 30 % of the syncs lost and regret measured"
        : workload.Nodes == 0
        ? $"with journal and a checkpoint every {workload.CheckpointEvery} slots"
        : $"on {workload.Nodes} processes{(workload.DealZones ? ", zones dealt out in turn" : "")}";

    private static bool IsPlainProduct(BenchSample sample) =>
        sample is { Subject: BenchSubject.Product, Workload: { Rounds: 1, Channels: 0, Nodes: 0, CheckpointEvery: 0, Learned: false, Faults: false } };

    private static BenchSample Middle(IEnumerable<BenchSample> samples)
    {
        BenchSample[] sorted = [.. samples.OrderBy(s => s.Rate)];
        return sorted[sorted.Length / 2];
    }

    private static string Millions(double rate) => string.Create(Plain, $"{rate / 1e6:F2} M");
}
