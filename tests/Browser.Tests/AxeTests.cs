using Xunit;
using Xunit.Sdk;

namespace Assize.Browser.Tests;

/// <summary>What the tests of pages trust finds something where there is something.</summary>
public sealed class AxeTests(WholeHost host)
{
    [Fact]
    public async Task Page_WithAPictureThatSaysNothing_IsNotClean()
    {
        var page = await host.Browser.NewPageAsync();
        await page.SetContentAsync("<html lang='en'><head><title>A page</title></head><body><main><h1>A page</h1><img src='data:,'></main></body></html>");

        var found = await Assert.ThrowsAnyAsync<XunitException>(() => page.AssertCleanAsync());

        Assert.Contains("image-alt", found.Message, StringComparison.Ordinal);
    }
}
