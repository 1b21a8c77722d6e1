using Diten.Model.ServerTwins;

namespace Diten.Model.SystemTwin;

/// <summary>What the digital twin of the whole system believes, 𝒟^s of eq. (2): E^s, the condition of all servers. Immutable.</summary>
/// <param name="Slot">The slot that it describes; −1 before the first report.</param>
/// <param name="Servers">E^s: what the servers' twins published for that slot, by server id; empty before the first report.</param>
public sealed record SystemTwinState(int Slot, IReadOnlyList<TwinEstimate> Servers)
{
    /// <summary>A twin that has heard of nothing yet.</summary>
    public static SystemTwinState Fresh { get; } = new(-1, []);
}

/// <summary>A task that somebody considers to offload: what an estimated reward depends on.</summary>
/// <param name="X">East coordinate of the device, metres.</param>
/// <param name="Y">North coordinate of the device, metres.</param>
/// <param name="Cycles">λ, CPU cycles; positive.</param>
/// <param name="UplinkSeconds">T_u, seconds; not negative.</param>
/// <param name="Queue">Q(t); not negative.</param>
/// <param name="Serving">Server that serves the device now; <see cref="ServerId.None"/> where a journey begins.</param>
/// <param name="LastTask">Server that ran the device's last task, where the twins count it; <see cref="ServerId.None"/> where there was none.</param>
public readonly record struct ConsideredTask(double X, double Y, double Cycles, double UplinkSeconds, double Queue, ServerId Serving, ServerId LastTask);

/// <summary>One entry of R^s: the estimated reward of one candidate.</summary>
/// <param name="LatencySeconds">T̂, predicted T_glob.</param>
/// <param name="Reward">R̂ by (16) with estimates.</param>
public readonly record struct EstimatedReward(ServerId Server, double LatencySeconds, double Reward);
