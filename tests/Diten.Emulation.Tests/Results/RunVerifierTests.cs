using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

public sealed class RunVerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equal_runs_are_equal()
    {
        var comparison = RunVerifier.Compare(
            new SyntheticRun(4, 5).WriteTo(_folder.At("a")), new SyntheticRun(4, 5).WriteTo(_folder.At("b")));

        Assert.True(comparison.Equal, comparison.Message);
    }

    [Fact]
    public void A_planted_difference_is_found_with_slot_station_and_the_zones_of_both_runs()
    {
        var planted = new SyntheticRun(4, 5) { Planted = (3, 6) };
        planted = new SyntheticRun(4, 5)
        {
            Planted = planted.Planted,
            Description = planted.Description with { ZoneOfStation = [.. Enumerable.Range(10, 16)] },
        };

        var comparison = RunVerifier.Compare(new SyntheticRun(4, 5).WriteTo(_folder.At("a")), planted.WriteTo(_folder.At("b")));

        Assert.Equal((false, 3, 6, 1, 16), (comparison.Equal, comparison.Slot, comparison.Station, comparison.ZoneA, comparison.ZoneB));
        Assert.Equal(
            "The runs differ first in slot 3 at station 6 (zone 1 in the first and zone 16 in the second).", comparison.Message);
    }

    [Fact]
    public void Runs_of_different_length_or_size_are_told_apart()
    {
        var five = new SyntheticRun(4, 5).WriteTo(_folder.At("five"));

        Assert.Contains("equal over 3 slots", RunVerifier.Compare(five, new SyntheticRun(4, 3).WriteTo(_folder.At("three"))).Message);
        Assert.Contains("16 and 4 stations", RunVerifier.Compare(five, new SyntheticRun(2, 5).WriteTo(_folder.At("small"))).Message);
    }

    [Fact]
    public void A_cut_off_file_of_digests_and_a_folder_without_a_run_are_errors_that_name_them()
    {
        var a = new SyntheticRun(4, 5).WriteTo(_folder.At("a"));
        var b = new RunFolder(new SyntheticRun(4, 5).WriteTo(_folder.At("b")));
        using (var file = File.OpenWrite(b.StationDigestsFile))
            file.SetLength(file.Length - 1);

        Assert.Contains(b.StationDigestsFile, Assert.Throws<InvalidDataException>(() => RunVerifier.Compare(a, b.Path)).Message);
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => RunVerifier.Compare(a, _folder.At("nowhere"))).Message);
    }

    [Fact]
    public void The_first_differing_device_is_the_one_with_the_lowest_id()
    {
        var run = new SyntheticRun(4, 1, devices: 9);
        var a = run.Report(0).Devices;
        var b = run.Report(0).Devices;

        Assert.Null(RunVerifier.FirstDifferingDevice(a, b));
        b[4] = b[4] with { LatencySeconds = Math.BitIncrement(b[4].LatencySeconds) };
        Assert.Equal(4, RunVerifier.FirstDifferingDevice(a, b));
        Assert.Equal(2, RunVerifier.FirstDifferingDevice(a, [.. a.Where(d => d.Device != 2)]));
        Assert.Equal(8, RunVerifier.FirstDifferingDevice(a, a[..8]));
    }
}
