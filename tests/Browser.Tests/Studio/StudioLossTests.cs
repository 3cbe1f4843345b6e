using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>What is drawn while the session or the connection is lost is not.</summary>
public sealed class StudioLossTests(WholeHost host)
{
    /// <summary>Whose sessions are ended is nobody in another test.</summary>
    private const string Adviser = "Peter Lunt";

    [Fact]
    public async Task Change_AfterTheSessionEnded_IsKept_AndStoredByItself_OnceSomebodySignedInAgain()
    {
        var studio = await BeginAsync("Ended");

        await studio.Page.Context.ClearCookiesAsync();
        await studio.DropUncheckedAsync("Primitives", "End", 400, 60);
        var said = studio.Page.Locator("#assize-said");
        await Assertions.Expect(said).ToContainTextAsync("Your session has ended. What you drew since is kept in this browser. It is sent again as soon as that is possible.");
        await Assertions.Expect(said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign in again, in a new tab" })).ToBeVisibleAsync();
        await studio.Page.KeepAsync("studio-session-ended");

        var again = await studio.Page.Context.NewPageAsync();
        await host.ChooseAsync(again, "Clare Osborne", "/designer");
        await studio.UntilStoredAsync("what was drawn without a session", stored => Steps(stored).Count == 2);
        await Assertions.Expect(said).ToContainTextAsync("What you drew while it could not be stored is stored now.");
        await Assertions.Expect(studio.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await studio.Page.KeepAsync("studio-session-again");

        await studio.DropUncheckedAsync("Primitives", "Finish", 400, 300);
        await studio.UntilStoredAsync("what was drawn with the new session", stored => Steps(stored).Count == 3);
    }

    [Fact]
    public async Task List_AfterAnAdministratorEndedTheSession_SaysSo_AndGoesOn_OnceSomebodySignedInAgain()
    {
        var list = await host.SignInAsync(Adviser, "/designer/workflows/instances");
        var column = list.Locator(".mud-table-sort-label").First;
        await column.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        var admin = await host.SignInAsync("Stephen Ashe", "/access/people/peter.lunt@liverpool-magistrates/sessions/end");
        await admin.GetByLabel("Why?").FillAsync("They left their desk and it stood open.");
        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End all of them" }).ClickAsync();

        await new StudioCanvas(list, host.Url).UntilSignedOutAsync();
        await column.ClickAsync();
        var said = list.Locator("#assize-said");
        await Assertions.Expect(said).ToContainTextAsync("Your session has ended.");
        await Assertions.Expect(said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign in again, in a new tab" })).ToBeVisibleAsync();
        await list.KeepAsync("studio-list-session-ended");

        await host.ChooseAsync(await list.Context.NewPageAsync(), Adviser, "/designer");
        await column.ClickAsync();
        await Assertions.Expect(said).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Change_OfAWindowThatWasLeft_IsOfferedWhereItIsOpenedAgain()
    {
        var studio = await BeginAsync("Left");
        await studio.DropAsync("Primitives", "Finish", 400, 300);
        await studio.UntilStoredAsync("a first change", stored => Steps(stored).Count == 2);

        await studio.Page.Context.ClearCookiesAsync();
        await studio.DropUncheckedAsync("Primitives", "End", 400, 60);
        await Assertions.Expect(studio.Page.Locator("#assize-said")).ToContainTextAsync("What you drew since is kept in this browser.");
        await host.ChooseAsync(studio.Page, "Clare Osborne", "/designer");
        await studio.OpenAsync();
        Assert.Equal(2, Steps(await studio.StoredAsync()).Count);
        await studio.Page.KeepAsync("studio-unsaved");
        await studio.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Store it now" }).ClickAsync();

        await studio.UntilStoredAsync("what was drawn without a session", stored => Steps(stored).Count == 3);
        await studio.ShownAsync();
        await Assertions.Expect(studio.Page.Locator("#assize-said")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Offer_OfWhatWasNotStored_StaysThroughOtherSaves_AndTakesTheirPlaceOnlyAsACopy()
    {
        var studio = await BeginAsync("Offered");
        await studio.Page.Context.ClearCookiesAsync();
        await studio.DropUncheckedAsync("Primitives", "End", 400, 60);
        var said = studio.Page.Locator("#assize-said");
        await Assertions.Expect(said).ToContainTextAsync("What you drew since is kept in this browser.");
        await host.ChooseAsync(studio.Page, "Clare Osborne", "/designer");
        await studio.OpenAsync();
        await Assertions.Expect(said).ToContainTextAsync("was not stored.");

        await studio.DropAsync("Primitives", "Finish", 400, 300);
        await studio.UntilStoredAsync("what was drawn beside the offer", stored => Types(stored) is ["Elsa.Start", "Elsa.Finish"]);
        await Assertions.Expect(said).ToContainTextAsync("was not stored.");
        await studio.Page.Context.ClearCookiesAsync();
        await studio.DropUncheckedAsync("Primitives", "Fault", 700, 300);
        await Assertions.Expect(said).ToContainTextAsync("What you drew since is kept in this browser.");
        await host.ChooseAsync(await studio.Page.Context.NewPageAsync(), "Clare Osborne", "/designer");
        await studio.UntilStoredAsync("what was drawn without a session in this window", stored => Types(stored).Count == 3);

        var close = said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" });
        await Assertions.Expect(said).ToContainTextAsync("is stored now.");
        await close.ClickAsync();
        await said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Store it now" }).ClickAsync();
        await Assertions.Expect(said).ToContainTextAsync("That version stands; what this window sent is kept as your copy");
        Assert.Equal(3, Types(await studio.StoredAsync()).Count);
        var copy = await studio.Page.APIRequest.GetAsync(new Uri(host.Url, $"/designer/versions/{studio.Id}?handler=copy").AbsoluteUri);
        Assert.Equal(["Elsa.Start", "Elsa.End"], Types(JsonNode.Parse(await copy.TextAsync())!.AsObject()));
        await close.ClickAsync();
        await said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Discard it" }).ClickAsync();
        await Assertions.Expect(said).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Change_TooLargeToBeSent_IsGivenAsAFile_AndNotSentAgain()
    {
        var studio = await BeginAsync("Large");
        var sent = 0;
        await studio.Page.RouteAsync("**/elsa/api/workflow-definitions", async route =>
        {
            if (route.Request.Method == "POST")
            {
                Interlocked.Increment(ref sent);
            }

            await route.ContinueAsync(route.Request.Method == "POST" ? new RouteContinueOptions { PostData = System.Text.Encoding.UTF8.GetBytes(new string(' ', 5 * 1024 * 1024) + route.Request.PostData) } : null);
        });

        await studio.DropUncheckedAsync("Primitives", "End", 400, 60);
        var said = studio.Page.Locator("#assize-said");
        await Assertions.Expect(said).ToContainTextAsync("What you drew is only in this window: save it as a file before you leave.");
        var file = await studio.Page.RunAndWaitForDownloadAsync(() => said.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save it as a file" }).ClickAsync());

        Assert.Equal(["Elsa.Start", "Elsa.End"], Types(JsonNode.Parse(await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken))!.AsObject()));
        Assert.Equal(["Elsa.Start"], Types(await studio.StoredAsync()));
        Assert.Null(await studio.Page.EvaluateAsync<string?>("() => Object.keys(localStorage).find((key) => key.startsWith('assize-unsaved:')) ?? null"));
        Assert.True(sent > 0);
    }

    [Fact]
    public async Task Change_WhileTheConnectionIsLost_IsStored_AsSoonAsItIsBack()
    {
        var studio = await BeginAsync("Offline");
        var failed = new TaskCompletionSource();
        studio.Page.RequestFailed += (_, request) => _ = request.Method == "POST" && failed.TrySetResult();

        await studio.Page.Context.SetOfflineAsync(true);
        await studio.DropUncheckedAsync("Primitives", "End", 400, 60);
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(180), TestContext.Current.CancellationToken);
        await Assertions.Expect(studio.Page.Locator("#assize-said")).ToContainTextAsync("The service could not be reached.");
        await studio.Page.KeepAsync("studio-offline");
        await studio.Page.Context.SetOfflineAsync(false);

        await studio.UntilStoredAsync("what was drawn without a connection", stored => Steps(stored).Count == 2);
        await Assertions.Expect(studio.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Save_WhoseAnswerIsLost_IsSentAgain_AndStoredOnce()
    {
        var studio = await BeginAsync("Dropped");
        var before = Revision(await studio.StoredAsync());
        var sent = 0;
        await studio.Page.RouteAsync("**/elsa/api/workflow-definitions", async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref sent) == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });

        await studio.Page.RunAndWaitForResponseAsync(
            () => studio.DropUncheckedAsync("Primitives", "End", 400, 60),
            answer => answer.Ok && answer.Request.Method == "POST" && answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal));

        var stored = await studio.StoredAsync();
        Assert.Equal(2, Steps(stored).Count);
        Assert.Equal(before + 1, Revision(stored));
        await Assertions.Expect(studio.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        Assert.True(sent > 1);
    }

    [Fact]
    public async Task Change_OfASecondPerson_IsRefusedByTheFirstOnesName_AndKept_AndMayBeSavedAsAnother()
    {
        var first = await BeginAsync("Two");
        var second = new StudioCanvas(await host.SignInAsync("Imran Siddiqui", "/designer"), host.Url) { Id = first.Id };
        await second.OpenAsync();
        await second.CalmAsync();
        await first.DropUncheckedAsync("Primitives", "End", 400, 60);
        await first.UntilStoredAsync("the first person's change", stored => Steps(stored).Count == 2);

        await second.DropUncheckedAsync("Primitives", "Finish", 400, 60);
        await second.Page.Locator(".mud-snackbar").GetByText("Clare Osborne saved this draft").First.WaitForAsync();
        await second.Page.KeepAsync("studio-second-person");
        Assert.Equal(["Elsa.Start", "Elsa.End"], Types(await first.StoredAsync()));
        await second.OpenMenuAsync("Save As");
        var dialog = second.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").First.FillAsync($"Mine {Guid.NewGuid():n}"[..14]);
        await second.Page.Keyboard.PressAsync("Tab");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "OK" }).ClickAsync();
        await second.Page.WaitForURLAsync("**/designer/workflows/mine-*");
        var other = new StudioCanvas(second.Page, host.Url) { Id = new Uri(second.Page.Url).Segments[^1] };
        Assert.Equal(["Elsa.Start", "Elsa.Finish"], Types(await other.StoredAsync()));

        await second.Page.GotoAsync(new Uri(host.Url, $"/designer/versions/{first.Id}").AbsoluteUri);
        await second.Page.KeepAsync("studio-copy");
        var copy = await second.Page.RunAndWaitForDownloadAsync(() => second.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Your copy" }).ClickAsync());
        Assert.Equal(["Elsa.Start", "Elsa.Finish"], Types(JsonNode.Parse(await File.ReadAllTextAsync(await copy.PathAsync(), TestContext.Current.CancellationToken))!.AsObject()));
    }

    [Fact]
    public async Task CodeOfWhatIsOnlyLookedAt_IsNotOffered()
    {
        var reader = new StudioCanvas(await host.SignInAsync("Helen Marsh"), host.Url);
        await reader.Page.GotoAsync(new Uri(host.Url, "/designer/workflows/intake").AbsoluteUri);
        await reader.ShownAsync();

        await Assertions.Expect(reader.Page.Locator(".mud-tab").Filter(new LocatorFilterOptions { HasText = "Code view" })).ToBeHiddenAsync();
    }

    private async Task<StudioCanvas> BeginAsync(string name)
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url);
        await studio.BeginAsync($"{name} {Guid.NewGuid():n}"[..15]);
        await studio.CalmAsync();
        return studio;
    }

    private static JsonArray Steps(JsonObject stored) => stored["root"]!["activities"]!.AsArray();

    private static List<string> Types(JsonObject stored) => [.. Steps(stored).Select(step => step!["type"]!.GetValue<string>())];

    private static int Revision(JsonObject stored) => stored["root"]!["customProperties"]!["revision"]!.GetValue<int>();
}
