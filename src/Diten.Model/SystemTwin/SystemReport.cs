using Diten.Model.ServerTwins;

namespace Diten.Model.SystemTwin;

/// <summary>
/// What a zone's twins and stations report of a slot to whoever fits a <see cref="SystemTwinModel"/>; in no order. By its type it holds nothing of
/// what happened on servers: no true capacity or load, no latency, no reward.
/// </summary>
/// <param name="Twins">What the servers' twins had published for the slot, before anybody decided in it.</param>
/// <param name="Devices">What the stations knew of their devices, and where they placed them.</param>
public sealed record SystemReport(IReadOnlyList<TwinEstimate> Twins, IReadOnlyList<DeviceSighting> Devices)
{
    /// <summary>Most device-slots that a model keeps; with more devices, only every so manyth is reported.</summary>
    public const int MostSightings = 1 << 20;

    /// <summary>Devices whose id is a multiple of this are reported: 1 = all, where a model's window of them can be kept.</summary>
    public static int Every(Scenarios.Scenario scenario) => (int)Math.Max(
        1, ((long)scenario.Devices.Count * SystemTwinModel.WindowOf(scenario) + MostSightings - 1) / MostSightings);
}

/// <summary>What a base station knows of an attached device in a slot.</summary>
/// <param name="X">East coordinate, metres.</param>
/// <param name="Y">North coordinate, metres.</param>
/// <param name="Server">Server that its task was sent to; −1 where it is out of coverage and sends none.</param>
/// <param name="UplinkSeconds">T_u (5); 0 out of coverage.</param>
/// <param name="DataBits">η, bits.</param>
/// <param name="Cycles">λ, CPU cycles.</param>
/// <param name="DeadlineSeconds">γ, seconds.</param>
/// <param name="Ends">Whether its journey ends with this slot.</param>
public readonly record struct DeviceSighting(
    int Device, double X, double Y, int Server, double UplinkSeconds, double DataBits, double Cycles, double DeadlineSeconds, bool Ends)
{
    /// <summary>Whether it is in coverage.</summary>
    public bool Covered => Server >= 0;
}
