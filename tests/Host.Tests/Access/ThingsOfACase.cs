using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Erasure;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>One of each thing about access that has an id, on a case of the police: nobody of the cast is whom it is for, asked for it or looks at it.</summary>
internal sealed record ThingsOfACase(string Urn, string Grant, string Request, string Proposal, string Review, string Exclusion, string Erasure)
{
    private const string Beneficiary = "an officer that only these tests know";
    private const string Asker = "an asker that only these tests know";

    /// <summary>The id that an address with this pattern asks for; null where it is about none of these.</summary>
    public string? For(string pattern) => pattern switch
    {
        _ when pattern.StartsWith("/access/requests/{id}", StringComparison.Ordinal) => Request,
        _ when pattern.StartsWith("/access/grants/{id}", StringComparison.Ordinal) => Grant,
        _ when pattern.StartsWith("/api/v1/access/grants/{id}/e", StringComparison.Ordinal) => Grant,
        _ when pattern.StartsWith("/api/v1/access/grants/{id}/", StringComparison.Ordinal) => Request,
        _ when pattern.Contains("access/proposals/{id}", StringComparison.Ordinal) => Proposal,
        _ when pattern.Contains("access/reviews/{id}", StringComparison.Ordinal) => Review,
        _ when pattern.Contains("access/exclusions/{id}", StringComparison.Ordinal) => Exclusion,
        _ when pattern.Contains("access/erasures/{id}", StringComparison.Ordinal) => Erasure,
        _ => null,
    };

    public static async Task<ThingsOfACase> AddAsync(CaseDb db, string urn)
    {
        var file = await db.Cases.AsNoTracking().SingleAsync(known => known.Urn == urn, TestContext.Current.CancellationToken);
        var (now, number) = (DateTimeOffset.UtcNow, Guid.NewGuid().ToString("n"));
        var subject = $"{Beneficiary} {number}";
        var live = Given($"grant-{number}", GrantKind.Challenged, subject, "merseyside-police", file.Id);
        (live.State, live.LiveAt) = (GrantState.Live, now.AddMinutes(-1));
        ThingsOfACase things = new(urn, live.Id, $"request-{number}", $"proposal-{number}", $"review-{number}", $"exclusion-{number}", $"erasure-{number}");
        db.Add(new Person { Subject = subject, Name = "Una Known", Agency = "merseyside-police", PersonId = subject, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(live);
        db.Add(Given(things.Request, GrantKind.Cross, $"{subject} elsewhere", "elsewhere-defence", file.Id));
        db.Add(new AccessProposal
        {
            Id = things.Proposal,
            UnitId = file.Id,
            Kind = ProposalKind.Reclassify,
            Content = """{"classification":"public"}""",
            Reason = "Threlfall is no longer at risk.",
            ProposedBy = Asker,
            ProposedPerson = Asker,
            ProposedAt = now,
            SealEpoch = file.SealEpoch,
            State = ProposalState.Open,
        });
        db.Add(new AccessReview { Id = things.Review, UnitId = file.Id, GrantId = live.Id, Agency = "merseyside-police", Subject = subject, RaisedAt = now, DueAt = now.AddDays(5) });
        db.Add(new Exclusion { Id = things.Exclusion, UnitId = file.Id, Subject = subject, PersonId = subject, CaseId = file.Id, From = now.AddMinutes(-1), Reason = "Threlfall is a cousin.", DeclaredBy = Asker });
        db.Add(new ErasureRequest
        {
            Id = things.Erasure,
            CaseId = file.Id,
            Agency = "merseyside-police",
            Reason = "The time for keeping it is over.",
            LegalBasis = "dpa2018-s47",
            RequestedBy = Asker,
            RequestedAt = now,
            State = ErasureState.Requested,
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return things;
    }

    /// <summary>Every row as it stands, to be compared with later.</summary>
    public async Task<string> RowsAsync(CaseDb db)
    {
        object?[] rows =
        [
            .. await db.Set<AccessGrant>().AsNoTracking().Where(row => row.Id == Grant || row.Id == Request || row.Follows == Grant || row.Follows == Request).OrderBy(row => row.Id).ToListAsync(),
            await db.Set<AccessProposal>().AsNoTracking().SingleAsync(row => row.Id == Proposal),
            await db.Set<AccessReview>().AsNoTracking().SingleAsync(row => row.Id == Review),
            await db.Set<Exclusion>().AsNoTracking().SingleAsync(row => row.Id == Exclusion),
            await db.Set<ErasureRequest>().AsNoTracking().SingleAsync(row => row.Id == Erasure),
        ];
        return string.Join('\n', rows.Select(row => System.Text.Json.JsonSerializer.Serialize(row)));
    }

    private static AccessGrant Given(string id, string kind, string subject, string agency, string caseId) => new()
    {
        Id = id,
        UnitId = caseId,
        Kind = kind,
        State = GrantState.Requested,
        Subject = subject,
        PersonId = subject,
        Agency = agency,
        Role = Roles.Solicitor,
        CaseId = caseId,
        MaxClassification = "private",
        From = DateTimeOffset.UtcNow.AddMinutes(-1),
        To = DateTimeOffset.UtcNow.AddHours(5),
        Category = "other",
        Reason = "Threlfall rang, and nobody else could be asked.",
        RequestedBy = Asker,
        RequestedPerson = Asker,
        RequestedAgency = agency,
        RequestedAt = DateTimeOffset.UtcNow,
        AskedAgency = kind == GrantKind.Cross ? "merseyside-police" : null,
    };
}
