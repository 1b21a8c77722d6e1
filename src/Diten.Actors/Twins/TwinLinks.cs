using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>The links at a twin's end, to its server and to stations: a faulty one holds what arrives later, beside the twin's state.</summary>
internal sealed class TwinLinks
{
    /// <summary>Round of the draw for what says that a whole state was heard: it and a request may leave in one slot.</summary>
    private const int RoundOfHeard = 0;

    private readonly FaultPlan _faults;
    private readonly int _server;
    private readonly LinkChannel<TwinWord>? _words;
    private readonly LinkChannel<TwinEstimate>? _estimates;
    private readonly List<InTransit<TwinWord>> _dueWords = [];
    private readonly List<InTransit<TwinEstimate>> _dueEstimates = [];

    private readonly int[] _stations = []; // each has a link of its own, where they have faults

    public TwinLinks(World world, int server)
    {
        (_faults, _server) = (world.Faults, server);
        if (_faults.Strikes(FaultWhat.Request))
            _words = new();
        if (_faults.Strikes(FaultWhat.Estimate))
            (_estimates, _stations) = (new(), world.Reach.StationsOf(new ServerId(server)).ToArray());
    }

    /// <summary>Sends a word to the server; in the slot's last phase.</summary>
    public void Tell(TwinWord word, int slot, EntityPost post, FaultTally? tally)
    {
        if (_words is null)
            post.Send(EntityKind.Server, _server, MessageOf(word));
        else
            _words.Send(word, _faults.FateOf(FaultWhat.Request, _server, slot, round: word.IsHeard ? RoundOfHeard : -1, tally: tally), slot);
    }

    /// <summary>Sends what is published to the stations in reach.</summary>
    /// <param name="slot">The slot in which it is published; −1 before the run.</param>
    /// <param name="round">Decision round after which it is published; −1 in the slot's last phase.</param>
    public void Tell(TwinEstimate estimate, int slot, int round, EntityPost post, FaultTally? tally)
    {
        if (_estimates is null)
            post.Publish(estimate);
        foreach (var station in _stations)
            _estimates!.Send(estimate, _faults.FateOf(FaultWhat.Estimate, _server, slot, station, round, tally), slot, round, station);
    }

    /// <summary>Delivers what arrives in this phase, in the order in which it was sent; what is broken is refused where it arrives.</summary>
    public void Deliver(int slot, int round, EntityPost post)
    {
        _words?.TakeDue(slot, round, _dueWords);
        foreach (var due in _dueWords)
            if (!due.Corrupted)
                post.Send(EntityKind.Server, _server, MessageOf(due.Message));
        _dueWords.Clear();
        _estimates?.TakeDue(slot, round, _dueEstimates);
        foreach (var due in _dueEstimates)
            if (!due.Corrupted)
                post.Send(EntityKind.Station, due.To, due.Message);
        _dueEstimates.Clear();
    }

    /// <summary>What is on its way, and where stations keep what the twin published last, that; null where no fault can have it matter.</summary>
    public TwinLinksSaved? Save(TwinEstimate? published) => _faults.TwinsKeepMore
        ? new TwinLinksSaved(_server, _faults.StationsKeepEstimates ? published : null, [.. _words?.Save() ?? []], [.. _estimates?.Save() ?? []])
        : null;

    public void Restore(TwinLinksSaved saved)
    {
        _words?.Restore(saved.Words);
        _estimates?.Restore(saved.Estimates);
    }

    private object MessageOf(TwinWord word) => word.IsHeard ? new ResyncHeard(_server, word.Number) : new ResyncRequested(_server, word.Number);
}
