using System.Net;
using System.Net.Sockets;
using Diten.Runs;
using Diten.View.Demos;
using Diten.View.Experiments;
using Diten.View.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Diten.View.Serving;

/// <summary>Serves the page of a run, live or recorded, to browsers of this machine. Reads only, but for who has the token of a run that takes changes.</summary>
public sealed class ViewServer : IAsyncDisposable
{
    /// <summary>Where it listens if nothing else is said, and that port is free.</summary>
    public const int UsualPort = 4780;

    private readonly WebApplication _app;
    private Recording? _recording;
    private Performance? _demo;
    private WatchedExperiment? _experiment;
    private LectureHall? _lecture;
    private HandsOn? _hands;

    private ViewServer(WebApplication app) => _app = app;

    /// <summary>The page's address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts a server that says to wait until it is shown a run.</summary>
    /// <param name="port">Where it listens on 127.0.0.1; 0 = any free port; null = the usual one, or any where that is taken.</param>
    /// <exception cref="UserErrorException">The port is taken.</exception>
    public static async Task<ViewServer> StartAsync(int? port)
    {
        try
        {
            return await ListenAsync(port ?? UsualPort);
        }
        catch (IOException) when (port is null)
        {
            return await ListenAsync(0);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            throw new UserErrorException($"--port: found {port}, where nothing can listen on 127.0.0.1 ({taken.Message}); allowed: a free port, or 0 for any.");
        }
    }

    /// <summary>Starts a server for a run that was recorded.</summary>
    /// <param name="run">Folder of the run, as the user names it.</param>
    /// <exception cref="UserErrorException">There is no recording, it is damaged, or the port is taken.</exception>
    public static async Task<ViewServer> OpenAsync(string run, int? port)
    {
        var folder = Path.GetFullPath(run);
        if (!File.Exists(Recording.FramesIn(folder)) && File.Exists(Recording.FramesIn(folder + ".partial")))
            folder += ".partial"; // of a run that goes on, or broke off: what there is of it
        if (!File.Exists(Recording.FramesIn(folder)))
            throw new UserErrorException(Directory.Exists(folder)
                ? $"RUN: found {run}, of which nothing was recorded; allowed: the folder of a run that was begun with --view or --record."
                : $"RUN: found {run}, which does not exist; allowed: the folder of a run that was begun with --view or --record, or HOST:PORT of a node.");
        Recording recording;
        try
        {
            recording = Recording.Open(folder);
        }
        catch (InvalidDataException damaged)
        {
            throw new UserErrorException($"RUN: {damaged.Message}");
        }

        try
        {
            var server = await StartAsync(port);
            server._recording = recording;
            return server;
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

    /// <summary>Shows a run from now on.</summary>
    public void Show(RunRecorder recorder) => Volatile.Write(ref _recording, recorder.Recording);

    /// <summary>Shows a demo from now on, and closes its recordings in the end.</summary>
    public void Show(Performance demo) => Volatile.Write(ref _demo, demo);

    /// <summary>Shows an experiment from now on; whoever runs it closes its recordings, after this server.</summary>
    public void Show(WatchedExperiment experiment) => Volatile.Write(ref _experiment, experiment);

    /// <summary>Shows a lecture from now on, and closes its recordings in the end.</summary>
    public void Show(LectureHall lecture) => Volatile.Write(ref _lecture, lecture);

    /// <summary>Takes changes of a run from now on, of who has its token; null = no more.</summary>
    public void Hand(HandsOn? hands) => Volatile.Write(ref _hands, hands);

    /// <summary>Lets go of all viewers and of the recording.</summary>
    public async ValueTask DisposeAsync()
    {
        _recording?.End(); // whoever waits for a frame waits no longer
        _demo?.End();
        _experiment?.End();
        await QuietServer.StopAsync(_app); // a viewer that reads nothing is cut off
        _recording?.Dispose();
        _demo?.Dispose();
        _lecture?.Dispose();
    }

    private static async Task<ViewServer> ListenAsync(int port)
    {
        var app = QuietServer.Builder(IPAddress.Loopback, port).Build(); // a page for one user, on this machine
        var server = new ViewServer(app);
        var answers = new ViewAnswers(
            () => Volatile.Read(ref server._demo)?.Newest ?? Volatile.Read(ref server._recording), () => Volatile.Read(ref server._demo),
            () => Volatile.Read(ref server._experiment), () => Volatile.Read(ref server._lecture));
        var listens = 0;
        app.Run(context =>
        {
            RequestGuard.Seal(context.Response);
            var (hands, place) = (Volatile.Read(ref server._hands), new IPEndPoint(IPAddress.Loopback, listens));
            if (RequestGuard.Refusal(context.Request, place, HandsOn.IsPost(context.Request)) is not var (status, reason))
                return HandsOn.Takes(context.Request) ? HandsOn.AnswerAsync(hands, context) : answers.AnswerAsync(context);
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(reason + "\n");
        });
        listens = await QuietServer.StartAsync(app);
        server.Address = FormattableString.Invariant($"http://127.0.0.1:{listens}/");
        return server;
    }
}
