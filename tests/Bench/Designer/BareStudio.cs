using System.Collections.Concurrent;
using Assize.Bench.SigningIn;
using Assize.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Assize.Bench.Designer;

/// <summary>The least that can serve the same Studio: its files, and from memory what the host once answered.</summary>
internal sealed class BareStudio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Status, string Type, byte[] Body)> _answers;

    private BareStudio(WebApplication app, Uri url, ConcurrentDictionary<string, (int, string, byte[])> answers) => (_app, Url, _answers) = (app, url, answers);

    public Uri Url { get; }

    public static async Task<BareStudio> StartAsync()
    {
        Uri url = new($"http://localhost:{BareServer.FreePort()}");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.GetLeftPart(UriPartial.Authority));
        var app = builder.Build();
        var answers = new ConcurrentDictionary<string, (int Status, string Type, byte[] Body)>();
        app.UseWebFiles();
        app.Run(async http =>
        {
            if (!answers.TryGetValue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}", out var kept))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            (http.Response.StatusCode, http.Response.ContentType) = (kept.Status, kept.Type);
            await http.Response.Body.WriteAsync(kept.Body, http.RequestAborted);
        });
        await app.StartAsync();
        return new BareStudio(app, url, answers);
    }

    /// <summary>Lets the host answer, and remembers what is no file. A page that has gone on would no longer give its answers' bodies away.</summary>
    public async Task KeepAsync(IRoute route)
    {
        var asked = route.Request;
        var address = new Uri(asked.Url);
        if (!address.AbsolutePath.StartsWith("/elsa/", StringComparison.Ordinal) && !asked.IsNavigationRequest)
        {
            await route.ContinueAsync();
            return;
        }

        var answer = await route.FetchAsync();
        _answers[$"{asked.Method} {address.PathAndQuery}"] = (answer.Status, answer.Headers.GetValueOrDefault("content-type", "text/plain"), await answer.BodyAsync());
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
