
namespace Diten.Model.Input;

/// <summary>An input file cannot be used; the message names the file, the line where there is one, and what is wrong.</summary>
public sealed class InputFileException : Exception
{
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="line">Line number from 1, or 0 where the file as a whole is meant.</param>
    /// <param name="message">What was found, and what is allowed; what moves cursors or ends lines is shown as <c>\u001b</c>.</param>
    public InputFileException(string file, int line, string message)
        : base(line > 0 ? FormattableString.Invariant($"{file}, line {line}: {Words.Visible(message)}") : $"{file}: {Words.Visible(message)}")
    {
        (File, Line) = (file, line);
    }

    /// <summary>The file, as the user named it.</summary>
    public string File { get; }

    /// <summary>Line number from 1, or 0 where the file as a whole is meant.</summary>
    public int Line { get; }
}
