namespace Diten.Runs;

/// <summary>A command was asked for something that it cannot do; the message says what is allowed, in a line a mistake.</summary>
public sealed class UserErrorException(string message, Exception? cause = null) : Exception(message, cause);
