using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Diten.Model;

/// <summary>
/// Tells whether two machines compute alike. The functions of <see cref="Math"/> are the platform's: a last bit may differ from one C
/// library, runtime or processor to the next, and a run whose zones live on both would then depend on which zone is where.
/// </summary>
public static class NumericSelfTest
{
    private const int Inputs = 1500;

    /// <summary>Functions that the model calls, each with a map of (0, 1) to what it is called with.</summary>
    private static readonly Func<double, double, double>[] Evaluations =
    [
        (u, v) => Math.Pow(10, 20 * u - 16), // decibels
        (u, v) => Math.Pow(1 + 4000 * u, -(2 + 2 * v)), // path loss
        (u, v) => Math.Log(u),
        (u, v) => Math.Log2(1 + 1e6 * u * v),
        (u, v) => Math.Exp(-40 * u + 5 * v),
        (u, v) => Math.Sin(2 * Math.PI * u),
        (u, v) => Math.Cos(2 * Math.PI * u),
        (u, v) => Math.SinCos(2 * Math.PI * u) is var (sin, cos) ? sin + 2 * cos : 0,
        (u, v) => Math.Asin(2 * u - 1),
        (u, v) => Math.Sqrt(1e8 * u),
        (u, v) => Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v), // normal draws
        (u, v) => Math.IEEERemainder(1000 * u, 360 * v),
        (u, v) => u * v - Math.BitDecrement(u) * v, // differs where products are fused with sums
        (u, v) => Math.FusedMultiplyAdd(u, v, -(u * v)),
    ];

    /// <summary>SHA-256, in hex, over the bits of some 20,000 results; two machines with the same hash compute alike, as far as it looks.</summary>
    /// <remarks>Takes some milliseconds. Inputs are fixed, and need nothing but multiplication and addition of integers to be made.</remarks>
    public static string Hash()
    {
        var bits = new byte[Inputs * Evaluations.Length * sizeof(double)];
        var rest = bits.AsSpan();
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < Inputs; i++)
        {
            var (u, v) = (Next(ref state), Next(ref state));
            foreach (var evaluate in Evaluations)
            {
                BinaryPrimitives.WriteInt64LittleEndian(rest, BitConverter.DoubleToInt64Bits(evaluate(u, v)));
                rest = rest[sizeof(double)..];
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(bits));
    }

    /// <summary>This machine in a line, for messages: system, architecture, runtime, and what the processor computes with.</summary>
    public static string Describe() =>
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}, {Vectors()}";

    /// <summary>The next of a fixed series of numbers strictly between 0 and 1 (Knuth's linear congruential generator).</summary>
    private static double Next(ref ulong state)
    {
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        return ((state >> 12) + 0.5) * (1.0 / (1UL << 52));
    }

    private static string Vectors()
    {
        var level = Avx512F.IsSupported ? "AVX-512"
            : Avx2.IsSupported ? "AVX2"
            : Avx.IsSupported ? "AVX"
            : Sse42.IsSupported ? "SSE4.2"
            : AdvSimd.IsSupported ? "AdvSIMD"
            : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";
        return Fma.IsSupported || AdvSimd.IsSupported ? level + " with FMA" : level;
    }
}
