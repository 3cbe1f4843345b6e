using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Xunit;
using Xunit.Sdk;

namespace Assize.Host.Tests.Coverage;

/// <summary>Notes what each test asked the host for, and how it was answered.</summary>
internal sealed class Visits(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<Visit>> s_byTest = new();

    public static IReadOnlyList<Visit> Of(ITest test) => s_byTest.TryGetValue(test.UniqueID, out var visits) ? [.. visits] : [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (TestContext.Current.Test is { } test)
        {
            s_byTest.GetOrAdd(test.UniqueID, _ => new()).Enqueue(new Visit(request.Method, request.RequestUri!.AbsolutePath, answer.StatusCode));
        }

        return answer;
    }
}

internal sealed record Visit(HttpMethod Method, string Path, HttpStatusCode Status)
{
    public bool IsOf(string page) => new TemplateMatcher(TemplateParser.Parse(page), []).TryMatch(new PathString(Path), []);

    public override string ToString() => $"{Method} {Path}: {(int)Status}";
}
