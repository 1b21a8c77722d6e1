using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Diten.Emulation.Tests.Architecture;

/// <summary>Which namespace of an assembly uses which other one of it: by signatures, fields, attributes and bodies of methods.</summary>
/// <remarks>Constants and <c>nameof</c> are gone from a built assembly, and do not count.</remarks>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, SortedSet<string>>> _uses = new(StringComparer.Ordinal);

    private NamespaceGraph()
    {
    }

    /// <summary>Namespaces, in order.</summary>
    public IEnumerable<string> Namespaces => _uses.Keys;

    /// <summary>Groups of namespaces that all reach each other, each in words: who of one uses what of the other.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = _uses.Keys.ToDictionary(name => name, Reachable);
        return
        [
            .. from a in _uses.Keys
               from b in _uses[a].Keys
               where a != b && reach[b].Contains(a)
               select $"{a} -> {b}: {string.Join(", ", _uses[a][b])}",
        ];
    }

    /// <param name="path">The assembly's file.</param>
    /// <param name="isWritten">Whether a type was written by hand; what generators wrote is left out.</param>
    public static NamespaceGraph Of(string path, Func<string, bool> isWritten)
    {
        using var module = ModuleDefinition.ReadModule(path);
        var graph = new NamespaceGraph();
        foreach (var type in module.GetAllTypes().Where(t => Room(t) is { Length: > 0 } && isWritten(Outermost(t).FullName)))
            foreach (var used in Used(type).SelectMany(Parts))
                if (used.Scope == module && Room(used) is { Length: > 0 } room && isWritten(Outermost(used).FullName))
                    graph.Add(Room(type), room, $"{Outermost(type).Name} ({Outermost(used).Name})");
        return graph;
    }

    private void Add(string from, string to, string who)
    {
        _uses.TryAdd(to, new(StringComparer.Ordinal));
        if (!_uses.TryGetValue(from, out var uses))
            _uses[from] = uses = new(StringComparer.Ordinal);
        if (!uses.TryGetValue(to, out var by))
            uses[to] = by = new(StringComparer.Ordinal);
        by.Add(who);
    }

    private HashSet<string> Reachable(string from)
    {
        var (found, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.TryPop(out var next))
            foreach (var to in _uses[next].Keys.Where(to => to != next && found.Add(to)))
                open.Push(to);
        return found;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string Room(TypeReference type) => Outermost(type).Namespace;

    /// <summary>A generic type and its arguments, an array's elements, and so on down.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.GenericParameters.SelectMany(Constraints),
        .. type.CustomAttributes.Select(a => a.AttributeType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Methods.SelectMany(Used),
    ];

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.GenericParameters.SelectMany(Constraints),
        .. method.CustomAttributes.Select(a => a.AttributeType),
        .. method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(i => Operand(i.Operand)) : [],
    ];

    private static IEnumerable<TypeReference?> Operand(object operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic => [.. generic.GenericArguments, .. Signature(generic), generic.DeclaringType],
        MethodReference method => [.. Signature(method), method.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) => [method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)];

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) => parameter.Constraints.Select(c => c.ConstraintType);
}
