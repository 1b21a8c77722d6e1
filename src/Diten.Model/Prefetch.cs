using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Diten.Model;

/// <summary>
/// Asks the processor to fetch an object's memory into its cache, without waiting for it. A hint only: it reads nothing, and an object that the
/// collector moves meanwhile, or that is null, is as good as any other.
/// </summary>
public static unsafe class Prefetch
{
    private const int Line = 64;

    /// <param name="lines">How many lines of 64 bytes, from the object's start on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(object? thing, int lines)
    {
        if (!Sse.IsSupported)
            return;
        var address = Unsafe.As<object?, nint>(ref thing);
        for (var line = 0; line < lines; line++)
            Sse.Prefetch0((void*)(address + line * Line));
    }
}
