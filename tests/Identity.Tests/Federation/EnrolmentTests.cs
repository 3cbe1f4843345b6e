using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Assize.Identity.Tests.Federation.EnrolmentApi;

namespace Assize.Identity.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class EnrolmentTests(FederationWorld world) : IDisposable
{
    private readonly EnrolmentApi _api = new(world.Server);

    [Fact]
    public async Task Enrolment_ByTwoAdministratorsAndTheAgency_LetsItsPeopleInAtOnce()
    {
        (string path, JsonNode draft) = await _api.CheckedAsync("cheshire-police", $"{world.Fake}/cheshire");
        using AgencyBrowser browser = world.Browser();
        await browser.TryAsync(await _api.LinkAsync(path));
        await _api.PutToUseAsync(path, draft);

        (HttpStatusCode status, string page) = await browser.SignInAsync("cheshire-police");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Police of cheshire-police has confirmed who you are", page, StringComparison.Ordinal);
        (HttpStatusCode suspended, _) = await _api.PostAsync(Alex, "/cheshire-police/suspend", new { reason = "Agreed with the force." });
        Assert.Equal(HttpStatusCode.NoContent, suspended);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReadAsync("/signin/start?agency=cheshire-police")).Status);
    }

    [Fact]
    public async Task Steps_OutOfTurn_OrByOneAlone_AreRefused()
    {
        (_, JsonNode draft) = await _api.PostAsync(Alex, "/enrolments", _api.Body("durham-police", $"{world.Fake}/durham"));
        string path = $"/enrolments/{draft["id"]}", challenge = (string)draft["challenge"]!;

        await _api.RefusesAsync(Alex, path + "/propose", HttpStatusCode.Conflict, "wrong_stage");
        await _api.RefusesAsync(Alex, path + "/test", HttpStatusCode.Conflict, "wrong_stage");
        await _api.DoAsync(Alex, path + "/checks");
        await _api.RefusesAsync(Alex, path + "/propose", HttpStatusCode.Conflict, "not_proved");
        using ECDsa another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await _api.RefusesAsync(Alex, path + "/proof", HttpStatusCode.BadRequest, "bad_proof", new { proof = _api.Sign(challenge, another) });
        await _api.RefusesAsync(Alex, path + "/proof", HttpStatusCode.BadRequest, "bad_proof", new { proof = _api.Sign("another challenge") });
        await _api.DoAsync(Alex, path + "/proof", new { proof = _api.Sign(challenge) });
        await _api.RefusesAsync(Alex, path + "/propose", HttpStatusCode.Conflict, "not_tested");
        await _api.RefusesAsync(Alex, path + "/propose", HttpStatusCode.Conflict, "not_tested", new { untestedReason = "later" });
        JsonNode proposed = await _api.DoAsync(Alex, path + "/propose", new { untestedReason = "Their provider opens to us on Monday." });
        Assert.Equal("Their provider opens to us on Monday.", (string)proposed["untestedReason"]!);
        await _api.RefusesAsync(Alex, path + "/test", HttpStatusCode.Conflict, "wrong_stage");
        await _api.RefusesAsync(Alex, path + "/approve", HttpStatusCode.Conflict, "second_admin_needed");
        await _api.RefusesAsync(Alex, path + "/activate", HttpStatusCode.Conflict, "wrong_stage");
    }

    [Theory]
    [InlineData("lundy-police", "skye-police", "shared-issuer")]
    [InlineData("iona-police", "iona-police", "iona-elsewhere")]
    public async Task Activation_OfWhatAnotherDraftTookMeanwhile_IsRefusedInWords_AndKeepsNothing(string upstream, string other, string issuer)
    {
        object untested = new { untestedReason = "Their provider opens to us on Monday." };
        (string late, JsonNode lateDraft) = await _api.CheckedAsync(upstream, $"{world.Fake}/{issuer}", new { agency = "late-" + upstream });
        (string first, JsonNode firstDraft) = await _api.CheckedAsync(other, $"{world.Fake}/{(upstream == other ? "iona" : issuer)}");
        await _api.ApproveAsync(late, lateDraft, untested);
        await _api.PutToUseAsync(first, firstDraft, untested);

        await _api.RefusesAsync(Robin, late + "/activate", HttpStatusCode.Conflict, "taken_meanwhile");

        Assert.Equal("approved", (string)(await _api.ReadAsync(late))["stage"]!);
        await world.InScopeAsync(async services =>
        {
            IdentityDb db = services.GetRequiredService<IdentityDb>();
            Assert.False(await db.Agencies.AnyAsync(agency => agency.Id == "late-" + upstream));
            Assert.Equal(other, (await db.Upstreams.SingleAsync(row => row.Id == other)).AgencyId);
        });
        await _api.DoAsync(Alex, late + "/abandon");
    }

    [Fact]
    public async Task Key_ThatAnotherReplaces_IsRecordedAsRemoved()
    {
        object untested = new { untestedReason = "Their provider opens to us on Monday." };
        foreach (string issuer in (string[])["bute", "bute-anew"])
        {
            (string path, JsonNode draft) = await _api.CheckedAsync("bute-police", $"{world.Fake}/{issuer}");
            await _api.PutToUseAsync(path, draft, untested);
        }

        await world.InScopeAsync(async services =>
        {
            AuditEntry removed = await services.GetRequiredService<IdentityDb>().Set<AuditEntry>().SingleAsync(entry => entry.SubjectId == "bute-police" && entry.Action == "upstream.key.remove");
            Assert.Equal(Robin, removed.Actor);
        });
    }

    [Fact]
    public async Task Suspension_OfAnUpstream_EndsItsSessions_AndNoOthers()
    {
        (string path, JsonNode draft) = await _api.CheckedAsync("arran-police", $"{world.Fake}/arran");
        await _api.PutToUseAsync(path, draft, new { untestedReason = "Their provider opens to us on Monday." });
        await world.InScopeAsync(async services =>
        {
            SessionRegister sessions = services.GetRequiredService<SessionRegister>();
            PersonSession own = await sessions.StartAsync(Sam("arran-police"), null, CancellationToken.None), other = await sessions.StartAsync(Sam("arran-fire"), null, CancellationToken.None);

            (HttpStatusCode status, _) = await _api.PostAsync(Alex, "/arran-police/suspend", new { reason = "Their provider was broken into." });

            Assert.Equal(HttpStatusCode.NoContent, status);
            IdentityDb db = services.GetRequiredService<IdentityDb>();
            db.ChangeTracker.Clear();
            Assert.Equal("The agency's sign-in was suspended.", (await db.Sessions.SingleAsync(session => session.Id == own.Id)).EndedBecause);
            Assert.Null((await db.Sessions.SingleAsync(session => session.Id == other.Id)).EndedAt);
        });

        static SignedIn Sam(string upstream) => new("sam.carter@merseyside-police", "merseyside-police", "1") { Upstream = upstream };
    }

    [Theory]
    [InlineData("another-issuer", "calls itself")]
    [InlineData("weak", "S256")]
    [InlineData("private-keys", "could not be read")]
    [InlineData("elsewhere", "redirects are not followed")]
    [InlineData("huge", "kB")]
    [InlineData("a-list", "not a JSON object")]
    [InlineData("a-word", "not a JSON object")]
    [InlineData("odd-encoding", "not JSON")]
    [InlineData("cut-short", "broke off")]
    [InlineData("half-a-character", "half a character")]
    [InlineData("keys-a-list", "not a JSON object")]
    [InlineData("keys-a-word", "not a set of keys")]
    [InlineData("keys-garbled", "not a set of keys")]
    public async Task Checks_OfAProviderThatWillNotDo_SayWhy(string lie, string why)
    {
        (_, JsonNode draft) = await _api.PostAsync(Alex, "/enrolments", _api.Body(lie, $"{world.Fake}/{lie}"));

        JsonNode looked = await _api.DoAsync(Alex, $"/enrolments/{draft["id"]}/checks");

        Assert.Equal("draft", (string)looked["stage"]!);
        Assert.Contains(why, looked["report"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_WithWrongFields_NamesThem()
    {
        (HttpStatusCode status, JsonNode answer) = await _api.PostAsync(Alex, "/enrolments", _api.Body("Not A Name", "http://8.8.8.8/", new { agency = "assize-platform", externalIdClaim = "email" }));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["agencyKind", "externalIdClaim", "issuer", "upstream"], answer["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Api_WithoutThePlatformsRole_IsClosed()
    {
        (HttpStatusCode nobody, _) = await _api.PostAsync(null, "/enrolments", _api.Body("some-police", world.Fake + "/some"));

        Assert.Equal(HttpStatusCode.Unauthorized, nobody);
        await _api.RefusesAsync("sam.carter@merseyside-police", "/enrolments", HttpStatusCode.Forbidden, "not_platform_admin", _api.Body("some-police", world.Fake + "/some"));
        await _api.RefusesAsync("sam.carter@merseyside-police", "/kent-police/suspend", HttpStatusCode.Forbidden, "not_platform_admin", new { reason = "Agreed with nobody." });
    }

    public void Dispose() => _api.Dispose();
}
