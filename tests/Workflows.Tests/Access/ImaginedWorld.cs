using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Assize.Workflows.Tests.Access;

/// <summary>What people see of a drawn world's cases, before and after something was done to its rows.</summary>
internal sealed class ImaginedWorld
{
    private static readonly FakeTimeProvider s_clock = new(DrawnRows.Now);
    private readonly AccessEvaluator _access = new(s_clock);
    private readonly CaseDb _db;
    private readonly Dictionary<string, Person> _people;
    private HashSet<Seen>? _before;

    private ImaginedWorld(CaseDb db, DrawnRows rows, Dictionary<string, Person> people) => (_db, Rows, _people) = (db, rows, people);

    public DrawnRows Rows { get; }

    public IEnumerable<Person> People => _people.Values;

    /// <summary>Puts the world into a database, and an administrator into each of its agencies and above them.</summary>
    public static async Task<ImaginedWorld> OpenAsync(CaseDb db, int number, CancellationToken ct)
    {
        DrawnRows rows = new(number);
        rows.AddTo(db);
        foreach (string agency in (string[])[.. rows.Agencies, $"{number}-platform"])
        {
            db.Add(new Person { Subject = $"{agency}-admin", PersonId = $"{agency}-admin", Name = $"{agency}-admin", Agency = agency, IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = $"{agency}-admin", Role = rows.Agencies.Contains(agency) ? Roles.AgencyAdmin : Roles.PlatformAdmin, From = DateTimeOffset.UnixEpoch, Agency = agency });
        }
        db.Add(new Agency { Id = $"{number}-platform", Kind = "platform", Name = "Platform", Status = DirectoryStatus.Active });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return new ImaginedWorld(db, rows, await db.Set<Person>().AsNoTracking().Where(person => rows.People.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct));
    }

    public static Caller As(string subject, string agency) => new(subject, agency, [], subject, false, "any") { Acr = "2", AuthenticatedAt = DrawnRows.Now };

    public static Caller AdminOf(string agency) => As($"{agency}-admin", agency);

    public async Task<SimulatedAccess?> SimulateAsync(Caller asker, SimulatedChange change, CancellationToken ct) =>
        await new SimulateChange(new ExplainAccess(_access, s_clock), s_clock).RunAsync(_db, asker, change, ct);

    /// <summary>Does something to the rows, gives who would see which cases more and less, and takes it back.</summary>
    public async Task<(HashSet<Seen> Gained, HashSet<Seen> Lost)> MakeAsync(Func<CaseDb, Task> change, CancellationToken ct)
    {
        HashSet<Seen> before = _before ??= await SeenAsync(ct);
        await using IDbContextTransaction transaction = await _db.Database.BeginTransactionAsync(ct);
        await change(_db);
        await _db.SaveChangesAsync(ct);
        _db.ChangeTracker.Clear();
        HashSet<Seen> after = await SeenAsync(ct);
        await transaction.RollbackAsync(ct);
        return ([.. after.Except(before)], [.. before.Except(after)]);
    }

    public Task<T> ReadAsync<T>(Func<CaseDb, Task<T>> read) => read(_db);

    /// <summary>Cases that an agency owns or takes part in.</summary>
    public async Task<HashSet<string>> NearAsync(string agency, CancellationToken ct) => [.. await _db.Cases.Where(file => file.OwnerAgency == agency
        || _db.Participants.Any(part => part.CaseId == file.Id && part.Agency == agency && part.WithdrawnAt == null)).Select(file => file.Urn).ToListAsync(ct)];

    /// <summary>A grant across agencies as a request becomes once both have approved it.</summary>
    public static AccessGrant Approved(string id, Person person, string role, string? caseId, string owner, string classification, int? epoch) => new()
    {
        Id = id,
        UnitId = caseId ?? "any",
        Kind = GrantKind.Cross,
        State = GrantState.Live,
        Subject = person.Subject,
        PersonId = person.PersonId ?? person.Subject,
        Agency = person.Agency,
        Role = role,
        CaseId = caseId,
        Jurisdiction = caseId is null ? "criminal" : null,
        MaxClassification = classification,
        SealEpoch = epoch,
        To = DrawnRows.Now.AddDays(7),
        LiveAt = DrawnRows.Now,
        Reason = "Joint operation Larch",
        RequestedBy = $"{id}-r",
        RequestedPerson = $"{id}-r",
        RequestedAgency = person.Agency,
        RequestedAt = DrawnRows.Now,
        SponsoredBy = $"{id}-s",
        SponsoredPerson = $"{id}-s",
        SponsoredAgency = person.Agency,
        ConsentedBy = $"{id}-o",
        ConsentedPerson = $"{id}-o",
        ConsentedAgency = owner,
    };

    private async Task<HashSet<Seen>> SeenAsync(CancellationToken ct)
    {
        HashSet<Seen> seen = [];
        foreach (Person person in People)
        {
            List<string> cases = await _access.VisibleCases(_db, As(person.Subject, person.Agency)).AsNoTracking()
                .Where(file => file.Id.StartsWith($"{Rows.Number}-")).Select(file => file.Urn).ToListAsync(ct);
            seen.UnionWith(cases.Select(urn => new Seen(person, Rows.Cases.Single(file => file.Urn == urn))));
        }
        return seen;
    }
}

/// <summary>Somebody sees a case.</summary>
internal sealed record Seen(Person Person, CaseFile File);
