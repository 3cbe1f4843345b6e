using System.Reflection;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>Axe looks at every page of the running host in some test, or it is said why not.</summary>
public sealed class AxeCoverageTests(WholeHost host)
{
    private static readonly Dictionary<string, string> s_spared = new()
    {
        ["/access/audit/accounts/{what}"] = "a file",
        ["/access/audit/export"] = "a file",
        ["/access/audit/roots/{stream}"] = "a file",
    };

    [Fact]
    public void Pages_OfTheRunningHost_AreLookedAt()
    {
        var looked = typeof(AxeCoverageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttribute<LooksAtAttribute>()?.Pages ?? []).ToHashSet();
        var pages = host.Pages.ToList();

        Assert.NotEmpty(pages);
        Assert.Equal([], pages.Except(looked).Except(s_spared.Keys));
        Assert.Equal([], looked.Concat(s_spared.Keys).Except(pages));
        Assert.Equal([], looked.Intersect(s_spared.Keys));
    }
}
