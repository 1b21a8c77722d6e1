namespace Diten.Model;

/// <summary>Something that must always hold does not: a fault of the program, never of its input. The message names entity and slot.</summary>
public sealed class InvariantViolatedException(string message) : Exception(message);
