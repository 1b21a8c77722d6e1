namespace Diten.Model.Offloading;

/// <summary>What follows a transition (S_t, A_t, R_t). The two ends differ in the value of what comes after (model.md §4).</summary>
public enum TransitionEnd : byte
{
    /// <summary>The journey goes on: S_{t+1} is known.</summary>
    None = 0,
    /// <summary>The journey's last slot: nothing comes after, its value is 0.</summary>
    Terminal = 1,
    /// <summary>The run was cut in mid-journey: more would have come, its value is that of S_{t+1}.</summary>
    Truncated = 2,
}
