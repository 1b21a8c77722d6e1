using System.Runtime.InteropServices;
using Diten.Runs.Progress;

namespace Diten.Node.Commands;

/// <summary>Turns the first Ctrl-C or SIGTERM into a request to stop at the next slot's end; the second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="terminal">Is told what the first one does, and that there may be a second.</param>
    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    private void Handle(PosixSignalContext context)
    {
        // Not cancelling the signal lets the runtime do what it does by default: end the process.
        context.Cancel = !_source.IsCancellationRequested;
        if (!context.Cancel)
            return;
        if (_terminal.ErrorIsTerminal)
            _terminal.Error.WriteLine();
        _terminal.Complain("stopping as soon as what is done is whole; Ctrl-C again ends the program at once.");
        _source.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose(); // a signal may be on its way still: its source is left to the collector
    }
}
