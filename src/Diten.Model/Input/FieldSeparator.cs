namespace Diten.Model.Input;

/// <summary>What stands between the fields of a row.</summary>
public enum FieldSeparator
{
    /// <summary>Seen from the first line: commas, else semicolons, else tabs, else blanks where it is numbers with blanks between them.</summary>
    Auto,
    Comma,
    Semicolon,
    Tab,
    /// <summary>Any number of blanks and tabs.</summary>
    Space,
    /// <summary>The vertical bar.</summary>
    Bar,
}
