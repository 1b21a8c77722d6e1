using Diten.Model.Input;

namespace Diten.Model.Faults;

/// <summary>What faults are called, as in a scenario.</summary>
public static class FaultWords
{
    public static string Of(FaultKind kind) => Words.Kebab(kind.ToString());

    public static string Of(FaultWhat what) => Words.Kebab(what.ToString());

    /// <summary>Name, kind and what it strikes: "loss (drop, sync)".</summary>
    public static string Of(Fault fault) => $"{fault.Name} ({Of(fault.Kind)}, {Of(fault.What)})";
}
