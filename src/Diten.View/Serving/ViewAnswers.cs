using System.Globalization;
using System.Text.Json;
using Diten.View.Demos;
using Diten.View.Experiments;
using Diten.View.Recordings;
using Microsoft.AspNetCore.Http;

namespace Diten.View.Serving;

/// <summary>
/// What a viewer can ask for: the page's files; <c>/api/world</c>; <c>/api/next?seen=N</c>, which waits for a frame after the first N and gives the
/// newest; <c>/api/frames/N</c>, and <c>/api/frames/N/servers</c>, which serve its devices; <c>/api/series?from=N</c>; <c>/api/metrics/NAME?from=N</c>;
/// <c>/api/events?from=N</c>; <c>/api/nodes?from=N</c>; <c>/api/servers/ID?at=N</c>, <c>/api/devices/ID?at=N</c>;
/// <c>/api/demo</c>, which tells of the acts of a demo, and everything again below <c>/acts/K/</c> for its act K, from 1; of a lecture
/// <c>/api/lecture</c>, and likewise its run K;
/// <c>/api/experiment</c> and <c>/api/experiment/cells</c>, which tell of an experiment, and everything again below <c>/runs/K/</c> for the K-th of its
/// runs that began, as long as it is kept.
/// </summary>
/// <param name="recording">Null until there is one: the run has not begun.</param>
/// <param name="demo">Null where no demo is shown.</param>
/// <param name="experiment">Likewise.</param>
/// <param name="lecture">Likewise.</param>
internal sealed class ViewAnswers(
    Func<Recording?> recording, Func<Performance?> demo, Func<WatchedExperiment?> experiment, Func<LectureHall?> lecture)
{
    private const string Binary = "application/octet-stream", Acts = "/acts/", Runs = "/runs/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Answers a request that was let in.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith(Acts, StringComparison.Ordinal) && path.IndexOf('/', Acts.Length) is var end and > 0)
            return Number(path[Acts.Length..end]) is { } act && (demo()?.Act(act - 1) ?? lecture()?.Run(act)) is { } found
                ? AnswerAsync(context, path[end..], found)
                : NotFound(context);
        if (path is "/" or "/api/lecture" && lecture() is { } hall)
            return path == "/" ? AnswerAsync(context, "/lecture.html", null) : Send(context, "application/json", hall.ToJson());
        if (!path.StartsWith(Runs, StringComparison.Ordinal) || path.IndexOf('/', Runs.Length) is not (var slash and > 0))
            return AnswerAsync(context, path, recording());
        if (Number(path[Runs.Length..slash]) is { } number && experiment()?.Run(number) is { } run)
            return AnswerAsync(context, path[slash..], run);
        if (experiment() is null || slash < path.Length - 1)
            return NotFound(context);
        context.Response.Redirect(context.Request.Query.ContainsKey("follow") ? "/?follow" : "/"); // its recording is gone
        return Task.CompletedTask;
    }

    private Task AnswerAsync(HttpContext context, string path, Recording? shown)
    {
        if (path == "/api/demo")
            return demo() is { } performance ? Send(context, "application/json", performance.ToJson()) : SendJson(context, new { });
        if (path.StartsWith("/api/experiment", StringComparison.Ordinal))
            return experiment() is not { } watched ? NotFound(context)
                : path == "/api/experiment" ? Send(context, "application/json", watched.ToJson())
                : path == "/api/experiment/cells" ? Send(context, "application/json", watched.CellsToJson())
                : NotFound(context);
        if (!path.StartsWith("/api/", StringComparison.Ordinal))
            return Assets.Of(path != "/" ? path[1..] : shown is null && experiment() is not null ? "experiment.html" : "index.html") is var (type, bytes) ? Send(context, type, bytes) : NotFound(context);
        return shown is { } found ? AnswerAsync(context, found, path["/api/".Length..].Split('/')) : SendJson(context, new { Waiting = true });
    }

    private static Task AnswerAsync(HttpContext context, Recording recording, string[] asked) => asked switch
    {
        ["world"] => SendJson(context, new { recording.World, recording.Frames, recording.Ended, Metrics = PlottedMetrics.Of(recording.World) }),
        ["next"] => NextAsync(context, recording),
        ["frames", var number] => Number(number) is { } index && recording.Frame(index) is { } frame ? Send(context, Binary, frame) : NotFound(context),
        ["frames", var number, "servers"] => Bytes(context, Number(number) is { } index ? recording.ServersOfDevices(index) : null),
        ["metrics", var name] => Bytes(context, PlottedMetrics.Series(recording, name, Query(context, "from"))),
        ["nodes"] => SendJson(context, recording.Nodes(Query(context, "from"))),
        ["series"] => Send(context, Binary, recording.Series(Query(context, "from"))),
        ["events"] => SendJson(context, recording.Events(Query(context, "from"))),
        ["servers", var id] => Story(context, Number(id) is { } server ? Stories.OfServer(recording, server, Query(context, "at")) : null),
        ["devices", var id] => Story(context, Number(id) is { } device ? Stories.OfDevice(recording, device, Query(context, "at")) : null),
        _ => NotFound(context),
    };

    private static async Task NextAsync(HttpContext context, Recording recording)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            if (await recording.NextAsync(Query(context, "seen"), patience.Token) is { } frame)
                await Send(context, Binary, frame);
            else
                NothingNew(context, ended: true);
        }
        catch (OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
                NothingNew(context, ended: false); // it may ask again
        }
    }

    private static void NothingNew(HttpContext context, bool ended)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["Diten-Ended"] = ended ? "yes" : "no";
    }

    private static Task Bytes(HttpContext context, byte[]? bytes) => bytes is null ? NotFound(context) : Send(context, Binary, bytes);

    private static Task Story<T>(HttpContext context, T? story) where T : class => story is null ? NotFound(context) : SendJson(context, story);

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Query(HttpContext context, string name) => Number(context.Request.Query[name].ToString()) ?? 0;

    private static Task SendJson<T>(HttpContext context, T value) =>
        Send(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, Json));

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task Send(HttpContext context, string type, byte[] bytes)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
