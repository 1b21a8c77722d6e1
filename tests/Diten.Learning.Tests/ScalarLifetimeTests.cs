using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;

namespace Diten.Learning.Tests;

/// <summary>No number goes to torch in a <see cref="Scalar"/> that a garbage collection could take away; why, <see cref="Tensors"/> says.</summary>
public sealed class ScalarLifetimeTests
{
    private static readonly Module Torch = typeof(torch).Module;
    private static readonly Dictionary<int, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<MethodBase, string?> _known = [];

    [Fact]
    public void Learning_calls_nothing_that_makes_a_scalar_by_itself()
    {
        var used = typeof(ActorCritic).Assembly.GetTypes()
            .SelectMany(t => t.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance))
            .OfType<MethodBase>().SelectMany(CallsOf).Where(called => called.Module == Torch).ToHashSet();

        Assert.Contains(used, m => m.Name == "linear"); // the code was read
        Assert.NotNull(PathToScalar(typeof(torch.Tensor).GetMethod("add", [typeof(torch.Tensor)])!));
        Assert.Equal([], used.Where(m => m.DeclaringType != typeof(ScalarExtensionMethods)).Select(PathToScalar).OfType<string>());
    }

    /// <summary>By which calls within TorchSharp a method makes a scalar; null where it makes none.</summary>
    private string? PathToScalar(MethodBase method)
    {
        if (method.DeclaringType == typeof(ScalarExtensionMethods) || (method.DeclaringType == typeof(Scalar) && (method.IsConstructor || method.Name == "op_Implicit")))
            return method.Name;
        if (method.Module != Torch)
            return null;
        if (_known.TryGetValue(method, out var path))
            return path;
        _known[method] = null;
        return _known[method] = CallsOf(method).Select(PathToScalar).OfType<string>().Select(p => $"{method} > {p}").FirstOrDefault();
    }

    /// <summary>What a method calls, read from its intermediate language.</summary>
    private static List<MethodBase> CallsOf(MethodBase method)
    {
        var (code, calls) = (method.GetMethodBody()?.GetILAsByteArray() ?? [], new List<MethodBase>());
        for (var at = 0; at < code.Length;)
        {
            var number = code[at++] is var first && first == 0xfe ? 0xfe00 | code[at++] : first;
            var instruction = Codes[number];
            if (instruction.OperandType == OperandType.InlineMethod)
            {
                Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
                calls.Add(method.Module.ResolveMethod(BitConverter.ToInt32(code, at), ofType, method.IsGenericMethod ? method.GetGenericArguments() : null)!);
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineVar or OperandType.ShortInlineI or OperandType.ShortInlineBrTarget => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }

        return calls;
    }
}
