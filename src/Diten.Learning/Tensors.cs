using TorchSharp;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>Numbers into torch and out of it.</summary>
/// <remarks>
/// A <see cref="Scalar"/> for torch must be declared with <c>using</c>. One that is made on the way to a call (<c>x.add_(1)</c>, <c>2 * x</c>, and inside
/// of TorchSharp by <c>x + y</c>) is garbage before torch has read it, for TorchSharp passes its handle only: a collection at that moment frees
/// it, and torch computes with what stands there then. A test looks for such calls. Tensors are safe: their dispose scope keeps them.
/// </remarks>
internal static class Tensors
{
    /// <summary>A float32 tensor in memory of torch's own, row-major.</summary>
    /// <remarks>
    /// <c>tensor</c> alone would leave the numbers in the managed array, whose address is a multiple of 8 bytes that changes from run to run; and
    /// fast matrix products add in another order where an address is not a multiple of 64, as all of torch's own are. With a copy, equal
    /// programs give equal bits.
    /// </remarks>
    public static Tensor Of(float[] values, params long[] shape)
    {
        using var shared = tensor(values, shape);
        return shared.clone();
    }

    /// <summary>Likewise, but it belongs to no dispose scope: its owner disposes of it.</summary>
    public static Tensor Owned(float[] values, params long[] shape) => Of(values, shape).DetachFromDisposeScope();

    /// <summary>A copy of a tensor's numbers, row-major.</summary>
    public static float[] ToArray(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var contiguous = detached.contiguous();
        return contiguous.data<float>().ToArray();
    }
}
