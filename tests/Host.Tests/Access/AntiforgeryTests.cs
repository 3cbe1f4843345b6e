using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Another site can send a form with somebody's cookie, but not with the token that only this site's own page holds.</summary>
public sealed partial class AntiforgeryTests(HostFixture host)
{
    [Fact]
    public async Task EveryForm_SentFromAnotherSite_IsRefused()
    {
        using var client = host.Client(Cast.CaseBuilder);
        var pages = Pages().ToList();
        Assert.True(pages.Count > 60, $"Expected the pages of the host, but found {pages.Count}.");

        foreach (var page in pages)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("reason", "A form of another site.")]);
            using var answer = await client.PostAsync(Parameter().Replace(page, "1"), form, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"Expected {page} to refuse a form without its token, but it answered {(int)answer.StatusCode}.");
        }
    }

    // The page that explains a refusal has to answer whatever was refused, and does nothing.
    private IEnumerable<string> Pages() => host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null).Select(endpoint => "/" + endpoint.RoutePattern.RawText).Where(page => !page.StartsWith("/problem", StringComparison.Ordinal)).Distinct();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
