using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Records;

namespace Diten.Model.MobileDevices;

/// <summary>All that a mobile device remembers; it moves with the device from zone to zone.</summary>
public struct MobileDeviceState
{
    public int Device;
    /// <summary>Base station that it is attached to: the nearest of this slot's position.</summary>
    public int Station;
    /// <summary>Server that serves it, for (3); −1 before the first task of a journey.</summary>
    public int Serving;
    /// <summary>Server that ran its task of the last slot, where the twins count it; −1 where there was none.</summary>
    public int LastTask;
    /// <summary>Server that holds its service's state; −1 where it has none, or carries it.</summary>
    public int Host;
    /// <summary>Slots since its journey began.</summary>
    public int JourneySlot;
    /// <summary>Radio channel, 0 to channels − 1.</summary>
    public int Channel;
    /// <summary>Deficit queue Q(t).</summary>
    public double Queue;
    public MobilityState Mobility;
}

/// <summary>What a device tells its base station in a slot: its task, where it is, and what the decision depends on.</summary>
/// <remarks>Of each device there is one, which it fills in for every slot; nobody else writes it, and in a slot it stays as it is.</remarks>
public sealed record DeviceReport
{
    /// <summary>Position in this slot, metres.</summary>
    public double X, Y;
    public OffloadingTask Task;
    /// <summary>Q(t).</summary>
    public double Queue;
    public int Serving, LastTask, Host;
    /// <summary>Base station nearest to the position of the next slot.</summary>
    public int NextStation;
    public short Channel;
    /// <summary>Part of the slot in which it decides, 0 to rounds − 1; and the part of the next slot.</summary>
    public byte Round, NextRound;
    /// <summary>First slot of a journey; last one; whether the next slot's position is in coverage.</summary>
    public bool FirstOfJourney, LastOfJourney, NextCovered;
    /// <summary>Whether its recorded journey ends with this slot: it does not move to the next slot's position, but begins there.</summary>
    public bool Jumps;
}

/// <summary>How a device's task of a slot ended; told to the device with the next slot's beacon.</summary>
/// <param name="Server">Server that ran it, or lost it; −1 where the device was uncovered.</param>
/// <param name="HostReleased">The service's state left its server for good, because that one is out of reach from the next slot on.</param>
/// <param name="LatencySeconds">T_glob; 0 where uncovered or lost.</param>
/// <param name="Queue">Q(t + 1) by (12).</param>
/// <param name="Reward">R_t by (16); 0 where uncovered or lost.</param>
public readonly record struct TaskCompleted(
    int Server, TaskOutcome Outcome, bool Migrated, bool HostReleased, double LatencySeconds, double Queue, double Reward);
