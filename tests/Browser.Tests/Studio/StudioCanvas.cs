using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>The stock editor, used as people use it: by its canvas, its palette and its fields.</summary>
internal sealed class StudioCanvas
{
    // The editor stores by itself half a second after a change.
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(900);
    private static readonly LocatorWaitForOptions s_slow = new() { Timeout = 180_000, State = WaitForSelectorState.Attached };

    private readonly IPage _page;
    private readonly Uri _url;
    private readonly HashSet<IRequest> _asked = [];
    private DateTimeOffset _last = DateTimeOffset.UtcNow;

    public StudioCanvas(IPage page, Uri url)
    {
        (_page, _url) = (page, url);
        page.Request += (_, request) => Note(request, _asked.Add);
        page.RequestFinished += (_, request) => Note(request, _asked.Remove);
        page.RequestFailed += (_, request) => Note(request, _asked.Remove);
    }

    public IPage Page => _page;

    public ILocator Publish => _page.Locator(".mud-toolbar .mud-button-group-root .mud-tooltip-root button").First;

    public ILocator Run => _page.Locator(".mud-toolbar > .mud-tooltip-root").Last.Locator("button");

    public string Id { get; set; } = "";

    /// <summary>Begins a workflow on our own page, which opens it in the editor.</summary>
    public async Task BeginAsync(string name)
    {
        await _page.SetViewportSizeAsync(1600, 1000);
        await _page.GotoAsync(new Uri(_url, "/designer").AbsoluteUri);
        await _page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin", Exact = true }).ClickAsync();
        await _page.WaitForURLAsync("**/designer/workflows/*");
        Id = new Uri(_page.Url).Segments[^1];
        await ShownAsync();
        await CalmAsync();
    }

    public async Task OpenAsync()
    {
        await _page.GotoAsync(new Uri(_url, $"/designer/workflows/{Id}").AbsoluteUri);
        await ShownAsync();
    }

    public Task ShownAsync() => _page.Locator("elsa-activity-wrapper .activity-label").First.WaitForAsync(s_slow);

    /// <summary>Has everything that is drawn fit the canvas.</summary>
    public Task ShowWholeAsync() => _page.Locator(".mud-toolbar button").First.ClickAsync();

    /// <summary>Drags a step from the palette onto the canvas; it is selected then. Repeated where the palette was made anew under the mouse.</summary>
    public async Task DropAsync(string group, string kind, int x, int y)
    {
        var steps = _page.Locator("elsa-activity-wrapper");
        var before = await steps.CountAsync();
        for (var tries = 0; tries < 4 && await steps.CountAsync() == before; tries++)
        {
            await CalmAsync();
            await DropUncheckedAsync(group, kind, x, y);
            await IsSeenAsync(steps.Nth(before));
        }

        await Assertions.Expect(steps).ToHaveCountAsync(before + 1);
        await Assertions.Expect(_page.Locator(".x6-node-selected")).ToHaveCountAsync(1);
        await CalmAsync();
    }

    /// <summary>The same where the editor may not be able to store it.</summary>
    public async Task DropUncheckedAsync(string group, string kind, int x, int y)
    {
        var item = _page.Locator("[draggable=true]").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(kind)}\\s*$") }).First;
        if (!await item.IsVisibleAsync())
        {
            await _page.Locator(".mud-expand-panel-header").Filter(new LocatorFilterOptions { HasText = group }).ClickAsync();
        }

        await item.DragToAsync(_page.Locator(".x6-graph-svg").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = x, Y = y } });
    }

    /// <summary>Waits until the editor has stored what was changed and read its palette again, at which it makes its fields anew.</summary>
    public async Task CalmAsync()
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var end = DateTimeOffset.UtcNow.AddSeconds(180);
        while (!IsCalm())
        {
            Assert.True(DateTimeOffset.UtcNow < end, "Expected the editor to come to rest, but it goes on asking.");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Draws a connection with the mouse.</summary>
    public async Task ConnectAsync(string from, string port, string to)
    {
        var edges = await _page.Locator("g.x6-edge").CountAsync();
        var (fromX, fromY) = await MiddleAsync(Node(from).Locator($"g[port='{port}']"));
        var (toX, toY) = await MiddleAsync(Node(to).Locator("g[port='In']"));
        await _page.Mouse.MoveAsync(fromX, fromY);
        await _page.Mouse.DownAsync();
        await _page.Mouse.MoveAsync(toX - 20, toY - 5, new MouseMoveOptions { Steps = 6 });
        await _page.Mouse.MoveAsync(toX, toY, new MouseMoveOptions { Steps = 3 });
        await _page.Mouse.UpAsync();
        await Assertions.Expect(_page.Locator("g.x6-edge")).ToHaveCountAsync(edges + 1);
    }

    /// <summary>Clicks a step until it is selected: the canvas is drawn before it listens, and moves once it knows its size.</summary>
    public async Task SelectAsync(string title)
    {
        await CalmAsync();
        for (var tries = 0; tries < 12; tries++)
        {
            await Node(title).Locator(".activity-label").ClickAsync(new LocatorClickOptions { Force = true });
            if (await IsSeenAsync(Node(title).And(_page.Locator(".x6-node-selected"))))
            {
                return;
            }
        }

        Assert.Fail($"Expected the step “{title}” to be selected, but clicks do not select it.");
    }

    public ILocator Node(string title) => _page.Locator("g.x6-node").Filter(new LocatorFilterOptions { Has = _page.Locator(".activity-label").GetByText(title, new LocatorGetByTextOptions { Exact = true }) });

    /// <summary>Fills in a field and leaves it, at which the editor takes what it says.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await Box(label).FillAsync(text);
        await _page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Types one entry of a list and ends it.</summary>
    public async Task EnterAsync(string label, string text)
    {
        await Box(label).FillAsync(text);
        await _page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Writes a line of the table that has this button, and ends it.</summary>
    public async Task AddLineAsync(string button, params string[] cells)
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button }).ClickAsync();
        var row = _page.Locator("tr").Filter(new LocatorFilterOptions { Has = _page.Locator("td[data-label=ExpressionType] input") });
        for (var cell = 0; cell < cells.Length; cell++)
        {
            await row.Locator("td input:not([type=hidden])").Nth(cell).FillAsync(cells[cell]);
            await _page.Keyboard.PressAsync("Tab");
        }

        await row.Locator("button").First.ClickAsync();
    }

    /// <summary>Adds a variable by the name the editor gives it.</summary>
    public Task AddVariableAsync(string name) => AddAsync("Variables", "Add variable", name);

    /// <summary>The same for an output of the workflow.</summary>
    public Task AddOutputAsync(string name) => AddAsync("Input/output", "Add output", name);

    // The dialog shows before it knows that name, and refuses to close without one.
    private async Task AddAsync(string tab, string button, string name)
    {
        await CalmAsync();
        await OpenTabAsync(tab);
        await _page.GetByText(button).First.ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator(".mud-input-control input").First).ToHaveValueAsync(name);
        await CalmAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "OK" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await CalmAsync();
    }

    public Task OpenTabAsync(string name) =>
        _page.Locator(".mud-tab").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(name)}\\s*$", RegexOptions.IgnoreCase) }).Last.ClickAsync();

    /// <summary>Begins the drawing of a branch within a step, and goes into it. Repeated where the canvas was drawn anew under the mouse.</summary>
    public async Task EnterBranchAsync(string branch)
    {
        var ok = _page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "OK" });
        for (var tries = 0; tries < 6 && await ok.CountAsync() == 0; tries++)
        {
            await CalmAsync();
            await _page.Locator($".embedded-port[data-port-name='{branch}']").ClickAsync(new LocatorClickOptions { Force = true });
            await IsSeenAsync(ok);
        }

        await ok.ClickAsync();
        await Assertions.Expect(_page.Locator("elsa-activity-wrapper")).ToHaveCountAsync(0);
        await CalmAsync();
    }

    /// <summary>Goes back to the drawing of the whole.</summary>
    public async Task LeaveBranchAsync()
    {
        await CalmAsync();
        await _page.Locator(".mud-breadcrumbs .mud-link").First.ClickAsync();
        await ShownAsync();
        await CalmAsync();
    }

    public async Task ChooseAsync(string label, string item)
    {
        await Control(label).ClickAsync();
        await _page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).First.ClickAsync();
    }

    public Task TickAsync(string label) =>
        _page.Locator("label").Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^\\s*{Regex.Escape(label)}\\s*$") }).Locator("input").CheckAsync();

    /// <summary>Types into the editor of an expression or a script.</summary>
    public async Task WriteAsync(string source)
    {
        await _page.Locator(".monaco-editor").Last.ClickAsync();
        await _page.Keyboard.TypeAsync(source);
    }

    public async Task OpenMenuAsync(string item)
    {
        await _page.Locator(".mud-toolbar .mud-button-group-root .mud-menu button").First.ClickAsync();
        await _page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).ClickAsync();
    }

    /// <summary>The draft as the server has it.</summary>
    public async Task<JsonObject> StoredAsync()
    {
        var answer = await _page.APIRequest.GetAsync(new Uri(_url, $"/elsa/api/workflow-definitions/by-definition-id/{Id}?versionOptions=Latest").AbsoluteUri);
        Assert.True(answer.Ok, $"Expected the draft, but the answer was {answer.Status}.");
        return JsonNode.Parse(await answer.TextAsync())!.AsObject();
    }

    /// <summary>Waits until what the editor stored by itself holds.</summary>
    public async Task<JsonObject> UntilStoredAsync(string what, Func<JsonObject, bool> holds)
    {
        JsonObject stored = [];
        await UntilAsync(() => $"{what} to be stored, but it is {stored["root"]?.ToJsonString()}", async () => holds(stored = await StoredAsync()));
        return stored;
    }

    /// <summary>Waits until the server takes the session of this browser for ended.</summary>
    public Task UntilSignedOutAsync() => UntilAsync(
        () => "the session to be over, but it is answered",
        async () => (await _page.APIRequest.GetAsync(new Uri(_url, "/elsa/api/features/installed").AbsoluteUri)).Status == 401);

    /// <summary>Whether this comes within half a minute.</summary>
    private static async Task<bool> IsSeenAsync(ILocator what)
    {
        try
        {
            await what.WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000, State = WaitForSelectorState.Attached });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<string> what, Func<Task<bool>> holds)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var end = DateTimeOffset.UtcNow.AddSeconds(180);
        while (!await holds())
        {
            Assert.True(DateTimeOffset.UtcNow < end, $"Expected {what()}.");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private bool IsCalm()
    {
        lock (_asked)
        {
            return _asked.Count == 0 && DateTimeOffset.UtcNow - _last > s_calm;
        }
    }

    private void Note(IRequest request, Func<IRequest, bool> how)
    {
        if (request.Url.Contains("/elsa/api/", StringComparison.Ordinal))
        {
            lock (_asked)
            {
                how(request);
                _last = DateTimeOffset.UtcNow;
            }
        }
    }

    public ILocator Control(string label) => _page.Locator(".mud-input-control").Filter(new LocatorFilterOptions
    {
        Has = _page.Locator("label").GetByText(label, new LocatorGetByTextOptions { Exact = true }),
    }).Last;

    private ILocator Box(string label) => Control(label).Locator("input, textarea").First;

    private static async Task<(float X, float Y)> MiddleAsync(ILocator place)
    {
        var box = await place.BoundingBoxAsync() ?? throw new InvalidOperationException("Expected the port to be on the canvas, but it is not.");
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
