using Assize.Audit;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

public sealed class AccessibilityTests(WholeHost host)
{
    [Fact]
    [LooksAt("/cases", "/cases/{urn}", "/cases/{urn}/close-in-error", "/cases/{urn}/history", "/cases/{urn}/history/{entry:int}", "/cases/{urn}/process", "/designer",
        "/hearings", "/problem/{status:int}", "/tasks/{view?}")]
    public async Task Pages_OfALawyer_AreClean()
    {
        var page = await host.SignInAsync("Helen Marsh");

        foreach (var path in (string[])["/tasks", "/tasks/available", "/tasks/team", "/cases", $"/cases/{host.Urn}", $"/cases/{host.Urn}/process",
            $"/cases/{host.Urn}/history", $"/cases/{host.Urn}/history/1", $"/cases/{host.Urn}/close-in-error", "/hearings", "/designer", "/nowhere", "/problem/404"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("page" + path.Replace('/', '-'));
        }
    }

    [Fact]
    [LooksAt("/task/{id}", "/task/{id}/complete")]
    public async Task Pages_OfATask_AreClean_AndItIsCompletedWithoutScript()
    {
        var page = await host.SignInAsync("Helen Marsh");
        await page.GotoAsync(new Uri(host.Url, "/tasks/available").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Initial review" }).First.ClickAsync();
        await page.AssertCleanAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take this task" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.GetByLabel("Continue", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Complete the task" }).ClickAsync();
        await page.AssertCleanAsync();

        await Assertions.Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
    }

    [Fact]
    [LooksAt("/submissions", "/submissions/{id}")]
    public async Task Pages_OfTheForce_AreClean()
    {
        var page = await host.SignInAsync("Jo Halewood");

        foreach (var path in (string[])["/submissions", $"/submissions/{host.FaultySubmission}"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("page" + path.Replace('/', '-'));
        }
    }

    [Fact]
    [LooksAt("/access", "/access/audit", "/access/audit/accounts", "/access/erasures", "/access/erasures/new")]
    public async Task Pages_OfAPrivacyOfficer_AreClean_AndTheLogOfAccountsVerifies()
    {
        var page = await host.SignInAsync("Lena Fox");

        foreach (var path in (string[])["/access", "/access/audit", "/access/audit?from-day=40", "/access/audit/accounts", "/access/audit/accounts?to-day=40", "/access/erasures", $"/access/erasures/new?case={host.Urn}"])
        {
            await AssertCleanAsync(page, path);
        }

        var log = await page.APIRequest.GetAsync(new Uri(host.Url, "/access/audit/accounts/log").AbsoluteUri);
        var roots = await page.APIRequest.GetAsync(new Uri(host.Url, "/access/audit/accounts/roots").AbsoluteUri);
        using var reader = new StringReader(await log.TextAsync());
        var verification = await Verifier.RunAsync(reader, new RootBook([await roots.TextAsync()], []), TestContext.Current.CancellationToken);
        Assert.Empty(verification.Findings);
        Assert.True(verification.Records > 0);
    }

    /// <summary>Every page of access that somebody reaches, its refusals too.</summary>
    [Theory]
    [InlineData("Jo Halewood", "/access|/access/why|/access/why?person=Jo+Halewood&case=URN|/access/why?person=o|/access/why?person=Jo+Halewood|/access/requests|/access/requests/new"
        + "|/access/proposals|/access/exclusions|/access/exclusions/new|/access/exclusions/several|/access/emergency|/cases/URN/access|/cases/URN/access/agencies/bring-in|/cases/URN/access/agencies/cps-mersey-cheshire/withdraw"
        + "|/cases/URN/access/roles/give|/cases/URN/access/parties/record|/cases/URN/access/classification|/cases/URN/access/seal")]
    [InlineData("Lena Fox", "/access/reviews|/access/exclusions")]
    [LooksAt("/access", "/access/emergency", "/access/exclusions", "/access/exclusions/new", "/access/exclusions/several", "/access/proposals", "/access/requests",
        "/access/requests/new", "/access/reviews", "/access/why", "/cases/{urn}/access", "/cases/{urn}/access/agencies/bring-in",
        "/cases/{urn}/access/agencies/{agency}/withdraw", "/cases/{urn}/access/classification", "/cases/{urn}/access/parties/record", "/cases/{urn}/access/roles/give", "/cases/{urn}/access/seal")]
    public async Task Pages_OfAccess_AreClean(string name, string paths)
    {
        var page = await host.SignInAsync(name);

        foreach (var path in paths.Split('|').Select(path => path.Replace("URN", host.Urn, StringComparison.Ordinal)))
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("access" + path.Replace('/', '-').Replace('?', '-'));
            if (await page.Locator("main form[method=post] button").CountAsync() > 0)
            {
                await page.Locator("main form[method=post] button").First.ClickAsync();
                await page.AssertCleanAsync();
                await page.KeepAsync("access" + path.Replace('/', '-') + "-refused");
            }
        }
    }

    [Fact]
    [LooksAt("/access", "/access/due", "/access/leavers", "/access/others", "/access/people", "/access/people/invite", "/access/people/several/end",
        "/access/people/several/give", "/access/people/several/suspend", "/access/people/{subject}", "/access/people/{subject}/roles/give",
        "/access/people/{subject}/roles/{role}/change", "/access/people/{subject}/roles/{role}/end", "/access/people/{subject}/sessions/end",
        "/access/people/{subject}/status", "/access/provisioning", "/access/provisioning/groups/new", "/access/provisioning/tokens/new", "/access/reviews/overdue",
        "/access/role-requests", "/access/sessions", "/access/sessions/{id}/end", "/access/systems", "/access/systems/new", "/access/systems/{id}",
        "/access/systems/{id}/keys/new", "/access/systems/{id}/status", "/access/systems/{id}/terms", "/access/teams", "/access/teams/new")]
    public async Task Pages_OfAnAgencysAdministrator_AreClean()
    {
        const string Sam = "/access/people/sam.carter@merseyside-police";
        const string Both = "?subject=sam.carter@merseyside-police&subject=jo.halewood@merseyside-police";
        var page = await host.SignInAsync("Carol Whitfield", "/access");

        foreach (var path in (string[])["/access", "/access/people", Sam, "/access/people/carol.whitfield@merseyside-police", $"{Sam}/status?to=suspended", $"{Sam}/roles/give", $"{Sam}/sessions/end",
            "/access/people/invite", $"/access/people/several/give{Both}", $"/access/people/several/end{Both}", $"/access/people/several/suspend{Both}", "/access/people/several/give",
            "/access/role-requests", "/access/leavers", "/access/due?within=180", "/access/sessions", "/access/sessions?all=true", "/access/teams", "/access/teams/new",
            "/access/provisioning", "/access/provisioning/tokens/new", "/access/provisioning/groups/new", "/access/systems", "/access/systems/new",
            "/access/systems/merseyside-police-case-system", "/access/systems/merseyside-police-case-system/keys/new", "/access/systems/merseyside-police-case-system/terms",
            "/access/systems/merseyside-police-case-system/status?to=left", "/access/others", "/access/reviews/overdue"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("admin" + path.Replace('/', '-').Replace('?', '-'));
        }

        await page.GotoAsync(new Uri(host.Url, "/access/sessions").AbsoluteUri);
        await page.Locator("main tbody a[href$='/end']").First.ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-session-end");
        await page.GotoAsync(new Uri(host.Url, Sam).AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Change Case builder" }).First.ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-change");
        await page.GotoAsync(new Uri(host.Url, Sam).AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "End Case builder" }).First.ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-end");
        await page.GotoAsync(new Uri(host.Url, $"{Sam}/roles/give").AbsoluteUri);
        await page.GetByLabel("Officer in the case").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "See what this would change" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-refused");
        await page.GetByLabel("Why?").FillAsync("Agreed with the team leader.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "See what this would change" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-rehearsal");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Give the role" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-given");
        await Assertions.Expect(page.GetByText("Sam Carter has the role now.")).ToBeVisibleAsync();
    }

    [Fact]
    [LooksAt("/access/provisioning", "/access/provisioning/tokens/new", "/access/provisioning/tokens/{id}/revoke", "/access/teams/{id}", "/access/teams/{id}/add",
        "/access/teams/{id}/name", "/access/teams/{id}/remove")]
    public async Task Pages_OfATeam_AndAToken_AreClean()
    {
        var page = await host.SignInAsync("Imran Sheikh", "/access");
        await page.GotoAsync(new Uri(host.Url, "/access/teams/new").AbsoluteUri);
        await page.GetByLabel("Name of the team").FillAsync("North desk");
        await page.GetByLabel("Why?").FillAsync("Agreed with the team leader.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add the team" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add people" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-team-add");
        await page.GetByLabel("Sam Carter").CheckAsync();
        await page.GetByLabel("Why?").FillAsync("Agreed with the team leader.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add those chosen" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-team");
        foreach (var name in (string[])["Rename", "Remove the team"])
        {
            var team = page.Url;
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name }).ClickAsync();
            await page.AssertCleanAsync();
            await page.KeepAsync("admin-team-" + name.Replace(' ', '-'));
            await page.GotoAsync(team);
        }

        await page.GotoAsync(new Uri(host.Url, "/access/provisioning/tokens/new").AbsoluteUri);
        await page.GetByLabel("Label").FillAsync("Our directory");
        await page.GetByLabel("Why?").FillAsync("Agreed with the team leader.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Issue the token" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-token");
        await AssertCleanAsync(page, "/access/provisioning");
        await page.KeepAsync("admin-provisioning-one");
        await page.Locator("main a[href$='/revoke']").First.ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("admin-token-revoke");
    }

    [Fact]
    [LooksAt("/access", "/access/agencies", "/access/agencies/link", "/access/agencies/new", "/access/agencies/{id}", "/access/agencies/{id}/administrator", "/access/agencies/{id}/name",
        "/access/agencies/{id}/status", "/access/audit", "/access/enrolments", "/access/enrolments/new", "/access/others", "/access/people", "/access/role-requests",
        "/access/sessions")]
    public async Task Pages_OfAPlatformAdministrator_AreClean()
    {
        const string Police = "/access/agencies/merseyside-police";
        var page = await host.SignInAsync("Alex Moore", "/access");

        foreach (var path in (string[])["/access", "/access/people", "/access/agencies", "/access/agencies/link", "/access/agencies/new", Police, $"{Police}/name", $"{Police}/status?to=suspended",
            "/access/role-requests", "/access/sessions", "/access/others", "/access/enrolments", "/access/enrolments/new", "/access/audit"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("platform" + path.Replace('/', '-').Replace('?', '-'));
        }

        await page.GotoAsync(new Uri(host.Url, "/access/agencies/new").AbsoluteUri);
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Wirral Police");
        await page.GetByLabel("Short name").FillAsync("wirral-police");
        await page.GetByLabel("Police", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.GetByLabel("Why?").FillAsync("The force joins in the spring.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add the agency" }).ClickAsync();
        await page.AssertCleanAsync();
        await page.KeepAsync("platform-added");
        await AssertCleanAsync(page, "/access/agencies/wirral-police/administrator");
        await page.KeepAsync("platform-administrator");
    }

    [Fact]
    [LooksAt("/designer/compare/{definitionId}", "/designer/outline/{definitionId}", "/designer/outline/{definitionId}/add",
        "/designer/outline/{definitionId}/steps/{stepId}", "/designer/outline/{definitionId}/steps/{stepId}/lead", "/designer/outline/{definitionId}/steps/{stepId}/move",
        "/designer/outline/{definitionId}/steps/{stepId}/remove", "/designer/outline/{definitionId}/workflow")]
    public async Task Pages_OfTheOutline_AndTheComparison_AreClean()
    {
        var page = await host.SignInAsync("Clare Osborne", "/designer");
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Read aloud");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin in the outline" }).ClickAsync();
        await page.WaitForURLAsync("**/designer/outline/*");
        var begun = new Uri(page.Url).AbsolutePath;
        await page.AssertCleanAsync();
        await page.KeepAsync("outline-begun");
        var step = new Uri(host.Url, (await page.Locator(".assize-outline__step h3 a").First.GetAttributeAsync("href"))!).AbsolutePath;

        foreach (var path in (string[])[$"{begun}/add", $"{begun}/workflow", step, $"{step}/lead?port=Done", $"{step}/move", $"{step}/remove",
            "/designer/outline/mags-charged", "/designer/compare/mags-charged"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("outline" + path.Replace('/', '-'));
        }
    }

    [Fact]
    [LooksAt("/", "/cases", "/cases/{urn}", "/designer", "/tasks/{view?}")]
    public async Task Pages_InWelsh_AreClean_FromTheSignInOn()
    {
        var page = await host.Browser.NewPageAsync();
        await AssertCleanAsync(page, "/?language=cy");
        await page.KeepAsync("welsh-start");
        await page.GotoAsync(new Uri(host.Url, "/tasks").AbsoluteUri);
        await page.AssertCleanAsync();
        await page.KeepAsync("welsh-sign-in");
        await page.GetByLabel("Helen Marsh").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mewngofnodi" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(host.Url, "/tasks").AbsoluteUri);

        foreach (var path in (string[])["/tasks", "/tasks/available", "/cases", $"/cases/{host.Urn}", "/designer", "/nowhere"])
        {
            await AssertCleanAsync(page, path);
            await page.KeepAsync("welsh" + path.Replace('/', '-'));
        }

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "English" }).ClickAsync();
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    [LooksAt("/")]
    public async Task StartPage_IsClean_AndAsksForNothingElsewhere()
    {
        var page = await host.Browser.NewPageAsync();
        var strange = new List<string>();
        page.Request += (_, request) => strange.AddRange(request.Url.StartsWith(host.Url.AbsoluteUri, StringComparison.Ordinal) ? [] : [request.Url]);

        await AssertCleanAsync(page, "/");

        Assert.Empty(strange);
        var font = await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).fontFamily");
        Assert.DoesNotContain("GDS Transport", font, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AssertCleanAsync(IPage page, string path)
    {
        await page.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
        await page.AssertCleanAsync();
        await page.AssertNarrowAsync();
    }
}
