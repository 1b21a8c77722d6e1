using System.Runtime.InteropServices;

namespace Diten.Learning.Tests;

public sealed class TrainingTests
{
    [Fact]
    public void Training_is_available_on_a_machine_that_builds_and_tests_it()
    {
        Assert.True(Training.IsAvailable(out var why), why);
        Assert.Empty(why);
    }

    [Fact]
    public void A_machine_that_torch_is_not_built_for_is_told_so()
    {
        Assert.Null(Training.Unsupported(OSPlatform.Linux, Architecture.X64));
        Assert.Null(Training.Unsupported(OSPlatform.Windows, Architecture.X64));
        Assert.Null(Training.Unsupported(OSPlatform.OSX, Architecture.Arm64));
        Assert.Contains("this is LINUX on Arm64", Training.Unsupported(OSPlatform.Linux, Architecture.Arm64));
        Assert.Contains("this is OSX on X64", Training.Unsupported(OSPlatform.OSX, Architecture.X64));
        Assert.Contains("cannot be trained", Training.Unsupported(OSPlatform.FreeBSD, Architecture.X64));
    }
}
