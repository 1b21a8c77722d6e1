namespace Diten.Model.Records;

/// <summary>How a task ended; the numbers are part of the digest.</summary>
public enum TaskOutcome : byte
{
    /// <summary>T_glob ≤ γ.</summary>
    InTime = 0,
    /// <summary>Completed after its deadline: failed.</summary>
    Late = 1,
    /// <summary>The device was out of everybody's coverage: failed, no latency.</summary>
    Uncovered = 2,
    /// <summary>Its server was down: failed, no latency.</summary>
    Lost = 3,
}
