using System.Security.Cryptography;
using System.Text;

namespace Diten.Runs.Hosting.Secret;

/// <summary>
/// What nodes without TLS know of each other, and nobody else does: 32 random bytes, written as 64 hexadecimal digits. It never crosses the
/// network; <see cref="Handshake"/> shows on each connection that both sides have it.
/// </summary>
internal sealed class ClusterSecret
{
    /// <summary>Environment variable that holds the secret; a launcher tells its nodes by it, for no list of processes shows it to others.</summary>
    public const string Variable = "DITEN_CLUSTER_SECRET";

    private const int Bytes = 32;

    private readonly byte[] _key;

    private ClusterSecret(byte[] key) => _key = key;

    /// <summary>Made anew by each process: of the nodes that it holds and those that it starts.</summary>
    public static ClusterSecret OfThisProcess { get; } = Create();

    /// <summary>Where the secret of this user is kept, for the nodes that one starts by hand; null where a user has no place for such things.</summary>
    public static string? UsersFile =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? Path.Combine(folder, "diten", "cluster-secret")
            : null;

    /// <summary>The secret of nodes that were not started by this process: that of a file, else of <see cref="Variable"/>, else the user's own.</summary>
    /// <param name="file">A file that somebody named; empty = none.</param>
    /// <exception cref="UserErrorException">There is none, or others may read it.</exception>
    public static ClusterSecret Given(string file)
    {
        if (file.Length > 0)
            return Read(file, "diten.node.secret-file: ");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text)
            return Parse(text) ?? throw new UserErrorException($"{Variable}: found something else; allowed: {2 * Bytes} hexadecimal digits.");
        var own = UsersFile ?? throw new UserErrorException(
            $"diten.node.secret-file: found nothing, and this user has no folder of its own for it; allowed: a file, or {2 * Bytes} hexadecimal digits in {Variable}.");
        if (!File.Exists(own))
            Make(own);
        return Read(own, "");
    }

    /// <summary>A new secret, of the operating system's generator.</summary>
    public static ClusterSecret Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A secret from its digits; null where it is none.</summary>
    public static ClusterSecret? Parse(string text) =>
        text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit) ? new ClusterSecret(Convert.FromHexString(text)) : null;

    /// <summary>Its digits: for files and variables that only this user reads.</summary>
    public string ToText() => Convert.ToHexStringLower(_key);

    /// <summary>Never shows it.</summary>
    public override string ToString() => nameof(ClusterSecret);

    /// <summary>What only who has the secret can say: HMAC-SHA-256 over all parts, each behind its length.</summary>
    internal byte[] Proof(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    private static ClusterSecret Read(string file, string origin)
    {
        PrivateFiles.Check(file, origin);
        try
        {
            using var reader = new StreamReader(file, Encoding.ASCII);
            var text = new char[2 * Bytes + 2];
            var length = reader.ReadBlock(text);
            return Parse(new string(text, 0, length).Trim())
                ?? throw new UserErrorException($"{origin}found {file}, which holds something else; allowed: {2 * Bytes} hexadecimal digits.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{origin}found {file}, which cannot be read ({problem.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Two nodes that start at once make one file: what is there first, stays.</summary>
    private static void Make(string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(file)!;
            PrivateFiles.MakeFolder(folder);
            var part = Path.Combine(folder, FormattableString.Invariant($"cluster-secret.{Environment.ProcessId}"));
            File.Delete(part);
            PrivateFiles.Write(part, Create().ToText() + "\n");
            try
            {
                File.Move(part, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(part);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{file}: the secret of this user's nodes cannot be written ({problem.Message.TrimEnd('.')}); "
                + $"allowed: another place in diten.node.secret-file, or {2 * Bytes} hexadecimal digits in {Variable}.");
        }
    }
}
