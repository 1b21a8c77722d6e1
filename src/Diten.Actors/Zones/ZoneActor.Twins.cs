using Akka.Actor;
using Diten.Model;

namespace Diten.Actors;

/// <summary>How the zone makes a twin whose actor failed what it was.</summary>
internal sealed partial class ZoneActor
{
    /// <summary>
    /// A twin whose actor failed gets its state back from the journal; false where it was no twin, or it cannot. Where faults have a twin keep more
    /// than the journal knows, all go back to the last checkpoint.
    /// </summary>
    private bool RecallTwin(IActorRef failed)
    {
        var local = Array.IndexOf(_entities.All(EntityKind.Twin), failed);
        if (local < 0)
            return false;
        var server = _plan.Twins(_id)[local];
        if (_keeper is { CanRecall: false } && _start.Run.Options.TwinJournal)
        {
            GiveUp(new EpochBroken(_start.Epoch, $"zone {_id}: twin {server} failed, and what it had on its way is in checkpoints only"));
            return true;
        }

        var done = !_idle && _phase.Kind is PhaseKind.Complete or PhaseKind.PublishFirst && !_waitingFor.Contains(EntityKind.Twin, server);
        return _keeper?.Recall(server, _idle ? _phase.Slot + 1 : _phase.Slot, done) == true;
    }

    /// <summary>Makes a twin what it was, and tells it again what it was told in this slot.</summary>
    private void RestoreTwin(TwinRecalled recalled, IEnumerable<ZoneMail> told)
    {
        var server = recalled.State.Server;
        _entities.Introduce(EntityKind.Twin, server);
        _entities[EntityKind.Twin, server].Tell(recalled, Self);
        foreach (var mail in told)
            _entities[EntityKind.Twin, server].Tell(mail.Message, Self);
        if (_waitingFor.Contains(EntityKind.Twin, server))
            _entities[EntityKind.Twin, server].Tell(new BeginPhase(_phase), Self);
    }
}
