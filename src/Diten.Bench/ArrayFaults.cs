using Diten.Model.Faults;
using Diten.Model.Scenarios;

namespace Diten.Bench;

/// <summary>What <see cref="ArrayModel"/> has of the faults of model.md §10, and the syncs that are on their way in it.</summary>
internal sealed class ArrayFaults
{
    /// <summary>A sync that has not arrived.</summary>
    private readonly record struct Late(int Due, int Slot, double Free, int Tasks);

    private readonly FaultPlan _plan;
    private readonly List<Late>[] _late;

    // By server: the slot of the newest sync that its twin accepted, and what it told.
    private readonly int[] _heldSlot, _heldTasks;
    private readonly double[] _heldFree;

    /// <exception cref="NotSupportedException">The scenario asks for something that only the product has; the message names it.</exception>
    public ArrayFaults(FaultPlan plan, Scenario scenario, int servers)
    {
        Refuse(scenario);
        _plan = plan;
        _late = new List<Late>[servers];
        for (var server = 0; server < servers; server++)
            _late[server] = [];
        (_heldSlot, _heldTasks, _heldFree) = (new int[servers], new int[servers], new double[servers]);
    }

    /// <summary>What a twin holds before slot 0.</summary>
    public void Prime(int server, double free, int tasks) => (_heldSlot[server], _heldFree[server], _heldTasks[server]) = (-1, free, tasks);

    /// <summary>What a twin holds.</summary>
    public (double Free, int Tasks) Held(int server) => (_heldFree[server], _heldTasks[server]);

    /// <summary>Slots between the one that a twin was last synced of and another, less one.</summary>
    public int AgeSlots(int server, int slot) => slot - 1 - _heldSlot[server];

    /// <summary>A server tells its twin of a slot, and the twin takes the newest of what arrives.</summary>
    public void Synchronize(int server, int slot, double free, int tasks)
    {
        if (!_plan.IsDown(Model.EntityKind.Server, server, slot))
        {
            var fate = _plan.FateOf(FaultWhat.Sync, server, slot);
            if (fate is { Lost: false, Corrupted: false })
                _late[server].Add(new Late(slot + fate.DelaySlots, slot, free, tasks));
        }

        for (var i = _late[server].Count - 1; i >= 0; i--)
        {
            var late = _late[server][i];
            if (late.Due > slot)
                continue;
            if (late.Slot > _heldSlot[server])
                (_heldSlot[server], _heldFree[server], _heldTasks[server]) = (late.Slot, late.Free, late.Tasks);
            _late[server].RemoveAt(i);
        }
    }

    private static void Refuse(Scenario scenario)
    {
        var (twins, decisions) = (scenario.Twins, scenario.Decisions);
        if (twins.Sync != TwinSync.State)
            throw new NotSupportedException("The array model has no twins.sync but state.");
        if (twins.Send != TwinSend.EverySlot)
            throw new NotSupportedException("The array model has no twins.send but every-slot.");
        if (twins.Load != TwinLoad.Last)
            throw new NotSupportedException("The array model has no twins.load but last.");
        if (decisions.Answers != AnswerUse.Ignore)
            throw new NotSupportedException("The array model has no decisions.answers but ignore.");
        if (decisions.OnDesync != DesyncResponse.Trust)
            throw new NotSupportedException("The array model has no decisions.on-desync but trust.");
        if (decisions.Trust != TwinTrust.Off)
            throw new NotSupportedException("The array model has no decisions.trust but off.");
        if (decisions.State == DecisionState.DitenAged)
            throw new NotSupportedException("The array model has no decisions.state diten-aged.");
        if (scenario.Policy.Switches.All.Count > 0)
            throw new NotSupportedException("The array model has no policy.switches.");
        foreach (var fault in scenario.Faults.All)
            if (fault.What is FaultWhat.Request or FaultWhat.Report or FaultWhat.Estimate or FaultWhat.Twins)
                throw new NotSupportedException($"The array model has no faults on {fault.What}: faults.{fault.Name}.");
    }
}
