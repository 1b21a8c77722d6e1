namespace Diten.Runs;

/// <summary>What the program returns to its caller.</summary>
public static class ExitCode
{
    /// <summary>Done; for <c>verify</c>: the runs are equal; for <c>reference</c>: the figures agree.</summary>
    public const int Ok = 0;

    /// <summary>A run failed, two runs differ, or figures do not agree.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a scenario or a data file is wrong; nothing was run.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C (or SIGTERM); <c>run</c> and <c>sweep</c> keep what was done up to then.</summary>
    public const int Cancelled = 130;
}
