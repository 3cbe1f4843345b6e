using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>Goes about a page by Tab, Enter, arrows and typing, and by nothing else.</summary>
internal sealed class Keys(IPage page)
{
    private const int MostStops = 400;

    /// <summary>Goes on by Tab until that element has the focus, round the page once at the most.</summary>
    public async Task ToAsync(ILocator target)
    {
        await target.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Expected the keyboard to come to {target}, but it does not.");
    }

    /// <summary>Follows a link or presses a button, and waits for the page that it leads to.</summary>
    public async Task PressAsync(AriaRole role, string name)
    {
        await ToAsync(page.GetByRole(role).Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(name)}\\s*$") }).First);
        var navigated = new TaskCompletionSource();
        void Note(object? sender, IFrame frame) => _ = frame == page.MainFrame && navigated.TrySetResult();
        page.FrameNavigated += Note;
        await page.Keyboard.PressAsync("Enter");
        await navigated.Task.WaitAsync(TimeSpan.FromSeconds(180), TestContext.Current.CancellationToken);
        page.FrameNavigated -= Note;
        await page.WaitForLoadStateAsync();
    }

    /// <summary>Follows a link to a file, which leaves the page as it is.</summary>
    public async Task<byte[]> SaveAsync(string name)
    {
        await ToAsync(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).First);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the list of files at a field and takes that one.</summary>
    public async Task TakeAsync(string label, FilePayload file)
    {
        // Asked for before the way to the field: the browser must know of it before the key is pressed.
        var opened = page.WaitForFileChooserAsync();
        await ToAsync(page.GetByLabel(label));
        await page.Keyboard.PressAsync("Enter");
        await (await opened).SetFilesAsync(file);
    }

    /// <summary>Opens or closes what is folded under that line.</summary>
    public async Task UnfoldAsync(string summary)
    {
        await ToAsync(page.Locator("summary").Filter(new LocatorFilterOptions { HasText = summary }).First);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Ticks a box.</summary>
    public async Task TickAsync(ILocator box)
    {
        await ToAsync(box);
        await page.Keyboard.PressAsync("Space");
        Assert.True(await box.IsCheckedAsync());
    }

    /// <summary>Types into a field in the place of what it says.</summary>
    public async Task TypeAsync(string label, string text)
    {
        var field = Field(label);
        await ToAsync(field);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync(text);
        Assert.Equal(text, await field.InputValueAsync());
    }

    /// <summary>Goes down a list until that entry is chosen.</summary>
    public async Task ChooseAsync(string label, string entry)
    {
        var list = Field(label);
        await ToAsync(list);
        await page.Keyboard.PressAsync("Home");
        for (var stop = 0; stop < MostStops && await list.EvaluateAsync<string>("list => list.selectedOptions[0].textContent.trim()") != entry; stop++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Equal(entry, await list.EvaluateAsync<string>("list => list.selectedOptions[0].textContent.trim()"));
    }

    private ILocator Field(string label) => label.StartsWith('#') ? page.Locator(label) : page.GetByLabel(new Regex($"^\\s*{Regex.Escape(label)}( \\(optional\\))?\\s*$")).First;

    /// <summary>Goes through radio buttons of one name until the one of that value is chosen.</summary>
    public async Task PickAsync(string name, string value)
    {
        await ToAsync(page.Locator($"input[type=radio][name='{name}']").First);
        await page.Keyboard.PressAsync("Space");
        var wanted = page.Locator($"input[type=radio][name='{name}'][value='{value}']");
        for (var stop = 0; stop < MostStops && !await wanted.IsCheckedAsync(); stop++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.True(await wanted.IsCheckedAsync(), $"Expected {value} to be among the choices of {name}, but it is not.");
    }
}
