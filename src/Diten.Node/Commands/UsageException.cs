namespace Diten.Node.Commands;

/// <summary>A command was asked for something that it cannot do; the message says what is allowed.</summary>
public sealed class UsageException(string message) : Exception(message);
