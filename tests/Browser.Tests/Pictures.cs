using Microsoft.Playwright;

namespace Assize.Browser.Tests;

/// <summary>Keeps pictures of the pages that tests come by, for people to look at: in the folder that ASSIZE_PICTURES names, or nowhere.</summary>
internal static class Pictures
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("ASSIZE_PICTURES");

    public static async Task KeepAsync(this IPage page, string name)
    {
        if (!string.IsNullOrEmpty(s_folder))
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_folder, $"{name}.png"), FullPage = true });
        }
    }
}
