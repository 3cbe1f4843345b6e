using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Drafting;

public sealed class DraftingRightsTests
{
    private const string National = "mags-charged";
    private const string Own = "force-checks";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_belongs_to_the_baseline_is_drafted_asked_for_and_approved_by_those_who_hold_it_only(DatabaseKind kind)
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(kind);
        PublicationRequest asked = await world.AskedAsync("polly", National);

        DraftAnswer[] denied =
        [
            await world.SaveAsync("fay", National), await world.AskAsync("fay", National), await world.DiscardAsync("ann", National),
            await world.ApproveAsync("nora", asked), await world.RefuseAsync("fay", asked), await world.RetractAsync("fay", National),
            await world.ReturnAsync("ann", National, 1), await world.ReleaseAsync("ann", National, 1, new ReleaseTerms { Area = RightsWorld.Area }),
        ];

        Assert.All(denied, answer => Assert.Equal(DraftingRights.Missing, Assert.IsType<DraftRefused>(answer).Code));
        Assert.Contains("the national baseline", ((DraftRefused)denied[0]).Message, StringComparison.Ordinal);
        await using CaseDb db = world.Context();
        Assert.Equal((PublicationState.Waiting, "polly"), ((await db.PublicationRequests.SingleAsync(Stop)).State, (await db.Drafts.SingleAsync(Stop)).SavedBy));
        Assert.IsType<PublicationDecided>(await world.ApproveAsync("otto", asked));
    }

    [Fact]
    public async Task What_is_national_uses_nothing_that_a_force_can_change()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        Assert.IsType<DraftSaved>(await world.SaveAsync("fay", Own));
        Assert.IsType<PublicationDecided>(await world.ApproveAsync("fred", await world.AskedAsync("fay", Own)));

        Assert.IsType<DraftSaved>(await world.SaveAsync("polly", National, uses: Own));
        Assert.IsType<DraftSaved>(await world.SaveAsync("fay", "force-more", uses: Own));
        DraftRefused national = Assert.IsType<DraftRefused>(await world.AskAsync("polly", National));
        DraftAnswer own = await world.AskAsync("fay", "force-more");

        Assert.Contains($"'{Own}' belongs to the agency {RightsWorld.Force}", string.Join(" ", national.Problems.Select(x => x.Message)), StringComparison.Ordinal);
        Assert.IsNotType<DraftRefused>(own);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_force_begins_belongs_to_it_and_is_released_for_its_cases_at_most(DatabaseKind kind)
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(kind);
        Assert.IsType<DraftSaved>(await world.SaveAsync("fay", Own));

        DraftRefused wide = Assert.IsType<DraftRefused>(await world.AskAsync("fay", Own, ReleaseTerms.Usual));
        PublicationRequest asked = await world.AskedAsync("fay", Own);
        DraftRefused national = Assert.IsType<DraftRefused>(await world.ApproveAsync("otto", asked));
        DraftRefused self = Assert.IsType<DraftRefused>(await world.ApproveAsync("fay", asked));
        Assert.IsType<PublicationDecided>(await world.ApproveAsync("fred", asked));

        Assert.Equal(("scope-too-wide", DraftingRights.Missing, "same-person"), (wide.Code, national.Code, self.Code));
        await using CaseDb db = world.Context();
        WorkflowRelease release = await db.Releases.SingleAsync(x => x.DefinitionId == Own, Stop);
        Assert.Equal((RightsWorld.Force, null, null), (release.Force, release.Area, release.EffectiveFrom));
        Assert.Equal("nothing-to-fall-back-to", Assert.IsType<DraftRefused>(await world.ReturnAsync("fay", Own, release.Number)).Code);
        Assert.Equal("scope-too-wide", Assert.IsType<DraftRefused>(await world.ReleaseAsync("fay", Own, 1, new ReleaseTerms { Area = RightsWorld.Area })).Code);
    }

    [Fact]
    public async Task A_right_that_ends_while_somebody_draws_keeps_what_they_sent()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.SaveAsync("polly", National);
        await using CaseDb db = world.Context();
        await db.DraftingRights.Where(x => x.Subject == "polly").ExecuteUpdateAsync(x => x.SetProperty(right => right.To, DateTimeOffset.UnixEpoch.AddDays(1)), Stop);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.SaveAsync("polly", National, revision: 1));

        Assert.Equal(DraftingRights.Missing, refused.Code);
        Assert.Contains("kept as your copy", refused.Message, StringComparison.Ordinal);
        Assert.Equal("polly", (await db.Set<DraftCopy>().SingleAsync(Stop)).SavedBy);
        Assert.Equal(1, (await db.Drafts.SingleAsync(Stop)).Revision);
    }

    [Fact]
    public async Task Nobody_begins_for_an_owner_whose_right_they_lack_and_a_name_is_free_again_after_its_draft()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused asArea = Assert.IsType<DraftRefused>(await world.SaveAsync("fay", Own, owner: DefinitionOwner.OfArea(RightsWorld.Area)));
        DraftRefused asNobody = Assert.IsType<DraftRefused>(await world.SaveAsync("nora", Own));
        await world.SaveAsync("fay", Own);
        DraftRefused taken = Assert.IsType<DraftRefused>(await world.SaveAsync("ann", Own));
        Assert.IsType<DraftDiscarded>(await world.DiscardAsync("fay", Own));
        Assert.IsType<DraftSaved>(await world.SaveAsync("ann", Own));

        Assert.All([asArea, asNobody, taken], refused => Assert.Equal(DraftingRights.Missing, refused.Code));
        await using CaseDb db = world.Context();
        Assert.Equal("area:Merseyside", (await db.OwnedDefinitions.SingleAsync(x => x.DefinitionId == Own, Stop)).Owner);
    }

    [Fact]
    public async Task A_code_list_that_came_with_the_software_belongs_to_the_baseline_though_nothing_is_published_of_it()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();

        DefinitionOwner? shipped = await FirstOwner.OfAsync(db, world.Rights.Held(db, RightsWorld.Caller("fay")), RightsWorld.Caller("fay"), "list:court", null, Stop);
        DefinitionOwner? own = await FirstOwner.OfAsync(db, world.Rights.Held(db, RightsWorld.Caller("fay")), RightsWorld.Caller("fay"), "list:vans", null, Stop);

        Assert.Equal((null, DefinitionOwner.OfAgency(RightsWorld.Force)), (shipped, own));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_filter_of_drafts_and_requests_shows_what_the_check_allows(DatabaseKind kind)
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(kind);
        await using CaseDb db = world.Context();
        Random chance = new(17);
        string[] owners = ["national", "agency:merseyside-police", "area:Merseyside", "area:Cleveland"];
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset[] instants = [now.AddDays(-30), now.AddDays(-3), now.AddDays(3)];
        List<Caller> people = [];
        for (int number = 0; number < 150; number++)
        {
            Person person = new()
            {
                Subject = $"p{number}",
                Name = $"P {number}",
                Agency = RightsWorld.Force,
                IsSystem = false,
                Status = chance.Next(6) == 0 ? DirectoryStatus.Suspended : DirectoryStatus.Active,
                LeftAt = chance.Next(5) == 0 ? now.AddDays(-10) : null,
                MovedAt = chance.Next(5) == 0 ? now.AddDays(-10) : null,
            };
            DraftingRight right = new()
            {
                Id = $"r{number}",
                Subject = person.Subject,
                Owner = owners[chance.Next(4)],
                From = instants[chance.Next(3)],
                To = chance.Next(2) == 0 ? null : instants[1 + chance.Next(2)],
                Reason = "Drawn",
                State = chance.Next(4) == 0 ? DraftingRightState.Ended : chance.Next(4) == 0 ? DraftingRightState.Waiting : DraftingRightState.Given,
                AskedBy = "a",
                AskedByName = "A",
                AskedAt = now.AddDays(-30),
                DecidedAt = instants[chance.Next(2)],
            };
            db.AddRange(person, right);
            if (chance.Next(6) > 0)
            {
                db.Add(new HomeRole { Subject = person.Subject, Role = chance.Next(6) == 0 ? Roles.CaseBuilder : Roles.ProcessOwner, Agency = RightsWorld.Force, From = instants[chance.Next(3)], To = chance.Next(4) == 0 ? instants[1] : null });
            }
            people.Add(new Caller(person.Subject, RightsWorld.Force, [], person.Name, false, "tests"));
        }
        foreach (string owner in owners)
        {
            string id = "of-" + owner.Split(':')[^1];
            db.Add(new WorkflowDraft { DefinitionId = id, Version = 1, Revision = 1, Name = id, Text = "{}", Agency = "x", StartedAt = now, SavedBy = "x", SavedByName = "X", SavedAt = now });
            db.Add(new PublicationRequest { Id = id, DefinitionId = id, Version = 1, Name = id, Hash = "h", Text = "{}", Agency = "x", RequestedBy = "x", RequestedByName = "X", RequestedAt = now, State = PublicationState.Waiting });
            if (owner != "national")
            {
                db.Add(new OwnedDefinition { DefinitionId = id, Owner = owner });
            }
        }
        await db.SaveChangesAsync(Stop);

        int seen = 0;
        foreach (Caller caller in people)
        {
            List<string> allowed = [];
            foreach (string owner in owners)
            {
                string id = "of-" + owner.Split(':')[^1];
                bool may = await world.Rights.MayDraftAsync(db, caller, DefinitionOwner.Parse(owner)!, Stop);
                Assert.Equal(may, await world.Rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, id, Stop) is null);
                allowed.AddRange(may ? [id] : []);
            }
            Assert.Equal(allowed.Order(), (await world.Rights.Drafts(db, caller).Select(x => x.DefinitionId).ToListAsync(Stop)).Order());
            Assert.Equal(allowed.Order(), (await world.Rights.Requests(db, caller).Select(x => x.Id).ToListAsync(Stop)).Order());
            Assert.Equal(Expected(db, caller.Subject, now), allowed);
            seen += allowed.Count;
        }
        Assert.InRange(seen, 5, 140);
    }

    // By the words of the model, and none of the product's queries.
    private static IEnumerable<string> Expected(CaseDb db, string subject, DateTimeOffset now)
    {
        Person person = db.Set<Person>().Local.Single(x => x.Subject == subject);
        DraftingRight right = db.DraftingRights.Local.Single(x => x.Subject == subject);
        bool isOwner = db.Set<HomeRole>().Local.Any(x => x.Subject == subject && x.Role == Roles.ProcessOwner && x.From <= now && (x.To is null || now < x.To));
        bool holds = person.Status == DirectoryStatus.Active && isOwner && right.State == DraftingRightState.Given && right.From <= now && (right.To is null || now < right.To)
            && (person.LeftAt is null || right.DecidedAt > person.LeftAt) && (person.MovedAt is null || right.DecidedAt > person.MovedAt);
        return holds ? ["of-" + right.Owner.Split(':')[^1]] : [];
    }
}
