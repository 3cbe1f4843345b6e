using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access;

public sealed class NewestCasesTests
{
    private const string Police = "mersey-police";
    private const string Sergeant = "sergeant@police";
    private const int Many = 60;
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Page_WhereFewOfManyAreVisible_FindsThemAll_NewestFirst(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await using CaseDb db = database.Context();
        int[] open = [58, 31, 30, 2, 0];
        Fill(db, open);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        FakeTimeProvider clock = new(s_now);
        NewestCases newest = new(new AccessEvaluator(clock), clock);
        Caller caller = new(Sergeant, Police, [], "Sergeant", false, "tests") { Acr = "2", AuthenticatedAt = s_now };

        List<string> found = [];
        (DateTimeOffset, string)? after = null;
        while (await newest.PageAsync(db, caller, after, 1, TestContext.Current.CancellationToken) is [var next])
        {
            found.Add(next.Id);
            after = (next.CreatedAt, next.Id);
        }

        Assert.Equal(open.Select(number => $"c{number:00}"), found);
        Assert.Equal(open.Select(number => $"c{number:00}"), (await newest.PageAsync(db, caller, null, 25, TestContext.Current.CancellationToken)).Select(file => file.Id));
    }

    [Fact]
    public async Task Page_OfSomebodyWhoWorksInOneArea_HasItsCases_ThoseFromBeforeAreasWereKept_AndThoseGrantedByName()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        db.Add(new Agency { Id = Police, Kind = "police", Name = Police, Status = DirectoryStatus.Active });
        db.Add(new Person { Subject = Sergeant, Name = "Sergeant", Agency = Police, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = Sergeant, Role = Roles.CaseBuilder, Area = "north", From = DateTimeOffset.UnixEpoch, Jurisdiction = "criminal", MaxClassification = "private" });
        foreach ((int number, string area, bool isKept) in (ReadOnlySpan<(int, string, bool)>)[(1, "north", true), (2, "south", true), (3, "north", false), (4, "south", true)])
        {
            Add(db, number, area, "private", isKept);
        }
        db.Add(new AccessGrant
        {
            Id = "g",
            UnitId = "c04",
            Kind = GrantKind.Case,
            State = "live",
            Subject = Sergeant,
            PersonId = Sergeant,
            Agency = Police,
            Role = Roles.CaseBuilder,
            CaseId = "c04",
            MaxClassification = "private",
            LiveAt = DateTimeOffset.UnixEpoch,
            Reason = "Helps out.",
            RequestedBy = "other",
            RequestedPerson = "other",
            RequestedAgency = Police,
            RequestedAt = DateTimeOffset.UnixEpoch,
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        FakeTimeProvider clock = new(s_now);
        Caller caller = new(Sergeant, Police, [], "Sergeant", false, "tests") { Acr = "2", AuthenticatedAt = s_now };

        IReadOnlyList<CaseFile> page = await new NewestCases(new AccessEvaluator(clock), clock).PageAsync(db, caller, null, 25, TestContext.Current.CancellationToken);

        Assert.Equal(["c04", "c03", "c01"], page.Select(file => file.Id));
    }

    private static void Fill(CaseDb db, int[] open)
    {
        db.Add(new Agency { Id = Police, Kind = "police", Name = Police, Status = DirectoryStatus.Active });
        db.Add(new Person { Subject = Sergeant, Name = "Sergeant", Agency = Police, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = Sergeant, Role = Roles.CaseBuilder, Agency = Police, From = DateTimeOffset.UnixEpoch, Jurisdiction = "criminal", MaxClassification = "private" });
        foreach (int number in Enumerable.Range(0, Many))
        {
            Add(db, number, "north", open.Contains(number) ? "private" : "restricted", true);
        }
    }

    private static void Add(CaseDb db, int number, string area, string classification, bool isAreaKept)
    {
        CaseFile file = new()
        {
            Id = $"c{number:00}",
            Urn = $"05ZD{number:0000000}",
            Status = CaseStatus.Active,
            Stage = "",
            OwnerAgency = Police,
            ProsecutingAuthority = "",
            CourtOu = "",
            Area = area,
            GravestModeOfTrial = "",
            LegalDate = DateOnly.MinValue,
            Classification = classification,
            CreatedAt = s_now.AddDays(number - 100),
            Practice = false,
            Participants = $"[\"{Police}\"]",
        };
        db.Add(file);
        db.Add(new CaseParticipant { CaseId = file.Id, Agency = Police, Since = file.CreatedAt, Reason = "Sent it", CaseCreatedAt = file.CreatedAt, CaseArea = isAreaKept ? area : null });
    }
}
