using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Diten.View.Serving;

/// <summary>
/// Answers nobody but pages of its own: a web site that a user visits cannot read a run through their browser, neither by a request of its own
/// (Origin, Sec-Fetch-Site) nor by a name of its own that leads to 127.0.0.1 (Host).
/// </summary>
internal static class RequestGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Why a request is not answered; null = it is.</summary>
    /// <param name="place">Where this server listens: a loopback address.</param>
    /// <param name="posts">Whether what is asked for is asked for by POST.</param>
    public static (int Status, string Reason)? Refusal(HttpRequest request, IPEndPoint place, bool posts = false)
    {
        string[] hosts = [place.ToString(), FormattableString.Invariant($"localhost:{place.Port}")];
        return hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase)
            ? RefusalOfForeigners(request, posts)
            : (StatusCodes.Status421MisdirectedRequest, $"Host: found {request.Host.Value}; allowed: {string.Join(" or ", hosts)}.");
    }

    /// <summary>Likewise, where a server is reached by names that it does not know.</summary>
    public static (int Status, string Reason)? RefusalOfForeigners(HttpRequest request, bool posts = false)
    {
        if (posts ? request.Method != "POST" : request.Method is not ("GET" or "HEAD"))
            return (StatusCodes.Status405MethodNotAllowed, $"Method: found {request.Method}; allowed: {(posts ? "POST" : "GET, HEAD")}.");
        var origins = request.Headers.Origin;
        if (origins.Any(origin => !string.Equals(origin, $"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)))
            return (StatusCodes.Status403Forbidden, "Origin: pages of another origin are not answered.");
        // A link from elsewhere may open the page, and nothing else.
        var opens = request.Path == "/" && request.Headers["Sec-Fetch-Mode"] == "navigate";
        return request.Headers["Sec-Fetch-Site"].Any(site => site is not (null or "same-origin" or "none")) && !opens
            ? (StatusCodes.Status403Forbidden, "Sec-Fetch-Site: pages of another site are not answered.")
            : null;
    }

    /// <summary>Headers of every answer.</summary>
    public static void Seal(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers[HeaderNames.XFrameOptions] = "DENY";
    }
}
