using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Coverage;

/// <summary>Every page of the running host has its five tests, or a reason why one does not apply.</summary>
public sealed class PageCoverageTests(HostFixture host)
{
    private static readonly ILookup<string, PageCase> s_tested = typeof(PageCoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(method => method.GetCustomAttributes<TestsPageAttribute>())
        .SelectMany(test => test.Cases.Select(tested => (test.Page, Case: tested))).ToLookup(test => test.Page, test => test.Case);

    private static readonly ILookup<string, PageCase> s_spared = typeof(PageCoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<SparesPageAttribute>())
        .Where(spared => spared.Because.Length > 0).ToLookup(spared => spared.Page, spared => spared.Case);

    [Fact]
    public void Pages_OfTheRunningHost_HaveTheirFiveTests()
    {
        var lacking = Pages()
            .Select(page => (Page: page, Cases: Enum.GetValues<PageCase>().Except(s_tested[page]).Except(s_spared[page]).ToList()))
            .Where(page => page.Cases.Count > 0)
            .Select(page => $"{page.Page} lacks {string.Join(", ", page.Cases)}").ToList();

        Assert.True(lacking.Count == 0, $"""
            Expected every page to have its five tests, but some are missing:
              {string.Join("\n  ", lacking)}
            Put [TestsPage("<route>", PageCase.<case>)] on the test that opens the page so through HostFixture.Client,
            or [SparesPage("<route>", PageCase.<case>, "<why>")] on the class of its tests where the case does not apply.
            """);
    }

    [Fact]
    public void Declarations_NamePagesThatExist_AndSpareNothingThatIsTested()
    {
        var pages = Pages().ToHashSet();

        Assert.Empty(s_tested.Select(tested => tested.Key).Concat(s_spared.Select(spared => spared.Key)).Except(pages));
        Assert.Empty(s_spared.SelectMany(spared => spared.Intersect(s_tested[spared.Key]).Select(both => $"{spared.Key}: {both}")));
    }

    private IEnumerable<string> Pages() => host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/')).Distinct().Order(StringComparer.Ordinal);
}
