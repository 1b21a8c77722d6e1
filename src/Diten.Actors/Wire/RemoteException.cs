namespace Diten.Actors.Wire;

/// <summary>An exception that was thrown on another node, as far as the wire tells of it: its message is the original's.</summary>
/// <param name="originalType">Full name of the type that was thrown.</param>
internal sealed class RemoteException(string originalType, string message) : Exception(message)
{
    /// <summary>Full name of the type that was thrown.</summary>
    public string OriginalType => originalType;

    /// <inheritdoc/>
    public override string ToString() => $"{originalType} (on another node): {Message}";

    internal static Contracts.Failure Write(Exception thrown) => new()
    {
        Type = thrown is RemoteException remote ? remote.OriginalType : thrown.GetType().FullName ?? thrown.GetType().Name,
        Message = thrown.Message,
    };

    internal static RemoteException Read(Contracts.Failure contract) => new(contract.Type, contract.Message);
}
