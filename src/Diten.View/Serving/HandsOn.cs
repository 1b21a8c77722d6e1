using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Diten.View.Serving;

/// <summary>
/// Changes of a run while it goes on: who has its token may POST to <c>/api/faults</c>, <c>/api/faults/clear</c> and <c>/api/policy</c>, and of a
/// run with processes of its own to <c>/api/nodes/kill</c> and <c>/api/nodes/start</c>; all may GET <c>/api/faults</c>. See docs/hands-on.md.
/// </summary>
public sealed class HandsOn
{
    /// <summary>Header that brings the token.</summary>
    public const string TokenHeader = "X-Diten-Token";

    private const int MostBytes = 1 << 16, TokenBytes = 16;
    private const string Root = "/api/faults", ClearPath = "/api/faults/clear", PolicyPath = "/api/policy";
    private const string KillPath = "/api/nodes/kill", StartPath = "/api/nodes/start";

    private const string NoneOfItsOwn = "The run has no processes of its own: begin it with diten run --nodes N --view.";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly RunHands? _hands;
    private readonly NodeHands? _nodes;
    private readonly byte[] _tokenHash;
    private readonly string _name;
    private volatile Scenario _scenario;
    private volatile IReadOnlyList<EditSummary> _edits = [];

    /// <param name="name">Name of the scenario.</param>
    /// <param name="scenario">With which the run is begun.</param>
    /// <param name="token">What a change must bring along, see <see cref="NewToken"/>.</param>
    /// <param name="nodes">Ends and starts the run's processes; null where it has none of its own.</param>
    public HandsOn(RunHands hands, string name, Scenario scenario, string token, NodeHands? nodes = null) =>
        (_hands, _name, _scenario, _tokenHash, _nodes) = (hands, name, scenario, Hash(token), nodes);

    /// <summary>Tells of a run that takes no changes here, but maybe elsewhere.</summary>
    public HandsOn(string name, Scenario scenario) => (_name, _scenario, _tokenHash) = (name, scenario, []);

    /// <summary>A token that nobody can guess. It is no part of any result.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>The run was changed.</summary>
    /// <param name="edit">Its scenario may be empty where another change follows at once.</param>
    public void Edited(RunEdited edit)
    {
        if (edit.ScenarioText.Length > 0)
            _scenario = ScenarioFile.Parse(edit.ScenarioText, _name + ".conf");
        _edits = [.. _edits, new EditSummary(edit.Slot, edit.Told)];
    }

    internal static bool Takes(HttpRequest request) => request.Path.Value is Root or ClearPath or PolicyPath or KillPath or StartPath;

    /// <summary>Whether what is asked for is asked for by POST: a list can be read, too.</summary>
    internal static bool IsPost(HttpRequest request) =>
        request.Path.Value is ClearPath or PolicyPath or KillPath or StartPath || request.Path.Value == Root && HttpMethods.IsPost(request.Method);

    /// <summary>Answers a request that was let in.</summary>
    /// <param name="hands">Null where the run takes no changes, or no more.</param>
    internal static Task AnswerAsync(HandsOn? hands, HttpContext context) =>
        hands is null || hands._hands is null && HttpMethods.IsPost(context.Request.Method) ? Refuse(context, StatusCodes.Status404NotFound, "No run goes on here that takes changes.")
        : HttpMethods.IsPost(context.Request.Method) ? hands.ChangeAsync(context)
        : Send(context, StatusCodes.Status200OK, hands.List());

    private object List() => new
    {
        _scenario.Slots,
        Policy = _scenario.Policy.Described,
        Faults = _scenario.Faults.All.Select(fault => new
        {
            fault.Name,
            Kind = FaultWords.Of(fault.Kind),
            What = FaultWords.Of(fault.What),
            Times = FaultCatalogue.Times(fault),
            Keys = FaultCatalogue.Written(new FaultMap([fault])).ToDictionary(key => key.Key[$"faults.{fault.Name}.".Length..], key => key.Value),
        }),
        Changes = _edits,
        Nodes = _nodes?.List(),
        TakesChanges = _hands is not null,
    };

    private async Task ChangeAsync(HttpContext context)
    {
        // The token first: who does not have it learns nothing of what is allowed.
        if (!CryptographicOperations.FixedTimeEquals(Hash(context.Request.Headers[TokenHeader].ToString()), _tokenHash))
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, $"{TokenHeader}: the token that the run printed when it began is needed to change it.");
            return;
        }

        if (!context.Request.HasJsonContentType())
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, $"Content-Type: found '{context.Request.ContentType}'; allowed: application/json.");
            return;
        }

        Func<CancellationToken, Task<object>> change;
        try
        {
            change = await ReadAsync(context);
        }
        catch (Exception malformed) when (malformed is JsonException or BadHttpRequestException or FormatException or InvalidOperationException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, malformed.Message); // half of a surrogate pair is an invalid operation
            return;
        }

        try
        {
            await Send(context, StatusCodes.Status200OK, await change(context.RequestAborted));
        }
        catch (ChangeRefusedException refused)
        {
            await Refuse(context, StatusCodes.Status409Conflict, refused.Message);
        }
    }

    private async Task<Func<CancellationToken, Task<object>>> ReadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MostBytes;
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        return context.Request.Path.Value switch
        {
            Root => Change(new RunChange(RunChangeKind.AddFaults, Member(body, "faults"))),
            ClearPath => Change(new RunChange(RunChangeKind.ClearFault, Member(body, "name"))),
            KillPath => OfNodes(Member(body, "name"), (nodes, name, cancel) => nodes.KillAsync(name, cancel)),
            StartPath => OfNodes("", (nodes, _, cancel) => nodes.StartAsync(cancel)),
            _ => Change(new RunChange(RunChangeKind.SwitchPolicy, Member(body, "name"), Member(body, "file", ""))),
        };
    }

    private Func<CancellationToken, Task<object>> Change(RunChange change) => async cancel =>
    {
        var edited = await _hands!.ChangeAsync(change, cancel);
        return new EditSummary(edited.Slot, edited.Told);
    };

    private Func<CancellationToken, Task<object>> OfNodes(string name, Func<NodeHands, string, CancellationToken, Task<string>> act) => async cancel =>
        new { What = await act(_nodes ?? throw new ChangeRefusedException(NoneOfItsOwn), name, cancel) };

    /// <summary>A text, or, since JSON is HOCON, an object as text.</summary>
    private static string Member(JsonDocument body, string name, string? otherwise = null)
    {
        if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty(name, out var value))
            return otherwise ?? throw new FormatException($"The body has no '{name}'.");
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object => value.GetRawText(),
            _ => throw new FormatException($"{name}: found {value.ValueKind}; allowed: a text, or of faults an object."),
        };
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Task Refuse(HttpContext context, int status, string error) => Send(context, status, new { Error = error });

    private static async Task Send<T>(HttpContext context, int status, T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, Json);
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = (status, "application/json", bytes.Length);
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}

/// <summary>Records a run, and lets hands on it as long as it goes on.</summary>
/// <param name="recorder">Records it.</param>
/// <param name="hands">Is told of changes.</param>
/// <param name="end">Done when the run is over.</param>
public sealed class HandledRun(IRunWatcher recorder, HandsOn hands, Action end) : ForwardingWatcher(recorder)
{
    /// <inheritdoc/>
    public override void Edited(RunEdited edit)
    {
        base.Edited(edit);
        hands.Edited(edit);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        end();
        base.Dispose(disposing);
    }
}
