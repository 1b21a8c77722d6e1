using System.Text.Json;
using Program = Diten.Emulation.Tests.Clusters.Program;

namespace Diten.Emulation.Tests.Bench;

/// <summary>What a slot throws away: a number that hardly depends on the machine, unlike its time.</summary>
public sealed class AllocationTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_device_slot_allocates_at_most_120_bytes()
    {
        using var bench = Program.Start("bench", "--only", "product", "--slots", "20", "--threads", "2", "--quiet"); // 100,000 devices, one round

        using var sample = JsonDocument.Parse(await bench.Line("AllocatedBytes"));
        Assert.Equal(0, await bench.End());
        Assert.InRange(sample.RootElement.GetProperty("AllocatedBytes").GetDouble(), 1, 120);
    }
}
