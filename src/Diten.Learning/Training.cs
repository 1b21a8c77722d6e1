using System.Runtime.InteropServices;
using TorchSharp;

namespace Diten.Learning;

/// <summary>Whether this machine can train, and how torch is used on it. Thread-safe.</summary>
public static class Training
{
    private static readonly Lazy<string?> Obstacle = new(Find);

    /// <summary>Whether the native library that training needs can be loaded on this machine. The first call loads it, which takes a second or two.</summary>
    /// <param name="why">Where it cannot: why, as one or two sentences for people. Else empty.</param>
    /// <remarks>Learned policies need no such library to decide: they run everywhere.</remarks>
    public static bool IsAvailable(out string why)
    {
        why = Obstacle.Value ?? "";
        return Obstacle.Value is null;
    }

    /// <summary>Holds torch to one thread, so that sums are always made in the same order and results are the same to the last bit.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train; the message says why.</exception>
    internal static void UseOneThread()
    {
        if (!IsAvailable(out var why))
            throw new PlatformNotSupportedException(why);
        torch.set_num_threads(1);
    }

    private static string? Find()
    {
        var machine = $"{Name()} on {RuntimeInformation.ProcessArchitecture}";
        if (!IsSupported())
            return $"Training needs Linux on X64, Windows on X64 or macOS on Arm64, and this is {machine}. Learned policies can be used here, but not trained.";
        try
        {
            using var probe = torch.zeros(1);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException or EntryPointNotFoundException or BadImageFormatException)
        {
            return $"Training needs TorchSharp's native library, which cannot be loaded on this machine ({machine}): {Innermost(e).Message.ReplaceLineEndings(" ")} "
                + "A build on this machine, with its packages restored on it, brings the library along.";
        }
    }

    private static bool IsSupported() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => OperatingSystem.IsLinux() || OperatingSystem.IsWindows(),
        Architecture.Arm64 => OperatingSystem.IsMacOS(),
        _ => false,
    };

    private static string Name() =>
        OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : RuntimeInformation.OSDescription;

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
