using System.Net.Http.Json;
using System.Text.Json;
using Diten.Runs;
using Diten.Runs.Results;
using Diten.View.Serving;

namespace Diten.Node.Commands;

/// <summary>Asks a run that goes on, in another process of this machine, for changes.</summary>
internal sealed class RemoteHands : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly HttpClient _client;

    private RemoteHands(Uri address, string? token)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = Patience };
        if (token is not null)
            _client.DefaultRequestHeaders.Add(HandsOn.TokenHeader, token);
    }

    /// <summary>A run by its folder, or by the address that it printed.</summary>
    /// <exception cref="UserErrorException">There is none, or its token is needed.</exception>
    public static RemoteHands Of(string run, string? token, bool needsToken)
    {
        if (token?.Any(letter => !char.IsAsciiLetterOrDigit(letter)) == true)
            throw new UserErrorException("--token: found other than letters and digits; allowed: the token that the run printed.");
        if (!run.StartsWith("http://", StringComparison.Ordinal))
        {
            var file = HandsFile.Read(run);
            return new RemoteHands(new Uri(file.Address), token ?? file.Token);
        }

        if (!Uri.TryCreate(run.TrimEnd('/') + "/", UriKind.Absolute, out var address) || !address.IsLoopback)
            throw new UserErrorException($"RUN: found {run}; allowed: an address of this machine, such as http://127.0.0.1:4780/, or the folder of a run.");
        return needsToken && token is null
            ? throw new UserErrorException("--token: found nothing; allowed: the token that the run printed, which is needed with an address.")
            : new RemoteHands(address, token);
    }

    public Task<JsonDocument> GetAsync(string path, CancellationToken cancel) => Answer(() => _client.GetAsync(path, cancel), cancel);

    public Task<JsonDocument> PostAsync<T>(string path, T body, CancellationToken cancel) =>
        Answer(() => _client.PostAsync(path, JsonContent.Create(body, options: Json), cancel), cancel);

    /// <summary>What a change came to, as a sentence.</summary>
    public static string Told(JsonDocument answer) => FormattableString.Invariant(
        $"From slot {answer.RootElement.GetProperty("slot").GetInt32()} on: {answer.RootElement.GetProperty("what").GetString()}.");

    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument> Answer(Func<Task<HttpResponseMessage>> ask, CancellationToken cancel)
    {
        try
        {
            using var answer = await ask();
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new UserErrorException(Reason(text, (int)answer.StatusCode));
        }
        catch (HttpRequestException silent)
        {
            throw new UserErrorException($"RUN: {_client.BaseAddress} does not answer ({silent.Message}); allowed: a run that goes on and was begun with diten run --view.");
        }
        catch (JsonException)
        {
            throw new UserErrorException($"RUN: {_client.BaseAddress} is no run of Diten.");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new UserErrorException(FormattableString.Invariant($"RUN: {_client.BaseAddress} has not answered within {Patience.TotalSeconds} s."));
        }
    }

    private static string Reason(string text, int status)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            if (parsed.RootElement.TryGetProperty("error", out var error) && error.GetString() is { Length: > 0 } reason)
                return reason;
        }
        catch (JsonException)
        {
            // What is not ours is shown as it is.
        }

        return FormattableString.Invariant($"The run answers {status}: {text.Trim()}");
    }
}
