using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Tests.Access;

/// <summary>A small random world: agencies, people with roles that begin and end, cases, tasks, submissions and messages.</summary>
internal sealed record AccessWorld(
    IReadOnlyList<Agency> Agencies, IReadOnlyList<Person> People, IReadOnlyList<HomeRole> HomeRoles, IReadOnlyList<CaseFile> Cases,
    IReadOnlyList<CaseParticipant> Participants, IReadOnlyList<WorkTask> Tasks, IReadOnlyList<Submission> Submissions, IReadOnlyList<AgencyMessage> Messages)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_agencies = ["merseyside-police", "cps-mersey-cheshire", "liverpool-magistrates"];
    private static readonly string[] s_people = ["p1", "p2", "p3", "system-1"];
    private static readonly string[] s_cases = ["c1", "c2", "c3"];
    private static readonly string[] s_roles = [Roles.CaseBuilder, Roles.ReviewingLawyer, Roles.LegalAdviser, Roles.CaseSystem];

    /// <summary>The world of a seed, always the same.</summary>
    public static AccessWorld Of(int seed)
    {
        Random chance = new(seed);
        return new AccessWorld(
            [.. s_agencies.Select(id => new Agency { Id = id, Kind = "police", Name = id, Status = Status(chance) })],
            [.. s_people.Select(subject => Someone(subject, chance))],
            [.. Many(16, chance, _ => Role(chance)).DistinctBy(role => (role.Subject, role.Role, role.From))],
            [.. s_cases.Select(File)],
            [.. Many(7, chance, _ => (Case: One(s_cases, chance), Agency: One(s_agencies, chance))).Distinct()
                .Select(part => new CaseParticipant { CaseId = part.Case, Agency = part.Agency, Since = Now, Reason = "Drawn" })],
            [.. Many(6, chance, number => Task($"t{number}", Maybe(s_cases, chance), One(s_agencies, chance), One(s_roles, chance), Maybe(s_people, chance)))],
            [.. Many(4, chance, number => Sent($"s{number}", One(s_agencies, chance)))],
            [.. Many(4, chance, number => Message($"m{number}", One(s_agencies, chance)))]);
    }

    /// <summary>Everybody in it, and some who should not ask: unknown, and known by another agency's token.</summary>
    public IEnumerable<Caller> Callers =>
        [.. People.Select(person => Caller(person.Subject, person.Agency)), Caller("stranger", s_agencies[0]), Caller(People[0].Subject, s_agencies.First(id => id != People[0].Agency))];

    public async Task SaveAsync(CaseDb db)
    {
        await db.Set<WorkTask>().ExecuteDeleteAsync();
        await db.Set<CaseParticipant>().ExecuteDeleteAsync();
        await db.Set<CaseFile>().ExecuteDeleteAsync();
        await db.Set<Submission>().ExecuteDeleteAsync();
        await db.Set<AgencyMessage>().ExecuteDeleteAsync();
        await db.Set<HomeRole>().ExecuteDeleteAsync();
        await db.Set<Person>().ExecuteDeleteAsync();
        await db.Set<Agency>().ExecuteDeleteAsync();
        db.ChangeTracker.Clear();
        foreach (IReadOnlyList<object> rows in (IReadOnlyList<object>[])[Agencies, People, HomeRoles, Cases, Participants, Tasks, Submissions, Messages])
        {
            db.AddRange(rows);
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private static Caller Caller(string subject, string agency) => new(subject, agency, [], subject, subject.StartsWith("system", StringComparison.Ordinal), "any");

    private static List<T> Many<T>(int most, Random chance, Func<int, T> make) => [.. Enumerable.Range(0, chance.Next(1, most + 1)).Select(make)];

    private static string One(string[] values, Random chance) => values[chance.Next(values.Length)];

    private static string? Maybe(string[] values, Random chance) => chance.Next(3) == 0 ? null : One(values, chance);

    private static string Status(Random chance) => chance.Next(6) == 0 ? DirectoryStatus.Suspended : DirectoryStatus.Active;

    private static Person Someone(string subject, Random chance) => new()
    {
        Subject = subject,
        Name = subject,
        Agency = One(s_agencies, chance),
        IsSystem = subject.StartsWith("system", StringComparison.Ordinal),
        Status = Status(chance),
    };

    // Begins and ends on, just before and just after the instant of the question: [from, to).
    private static HomeRole Role(Random chance)
    {
        long[] starts = [-86_400_000_000, -1, 0, 1], ends = [-1, 0, 1, 86_400_000_000];
        return new HomeRole
        {
            Subject = One(s_people, chance),
            Role = One(s_roles, chance),
            From = Now.AddMicroseconds(starts[chance.Next(3) == 0 ? chance.Next(4) : 0]),
            To = chance.Next(3) > 0 ? null : Now.AddMicroseconds(ends[chance.Next(4)]),
        };
    }

    private static CaseFile File(string id) => new()
    {
        Id = id,
        Urn = "05AA" + id,
        Status = CaseStatus.Active,
        Stage = "Review",
        OwnerAgency = s_agencies[0],
        ProsecutingAuthority = s_agencies[1],
        CourtOu = "B05PK00",
        Area = "05",
        GravestModeOfTrial = "",
        LegalDate = new DateOnly(2026, 11, 1),
        CreatedAt = Now,
        Practice = false,
        Participants = "[]",
    };

    private static WorkTask Task(string id, string? caseId, string agency, string role, string? assignee) => new()
    {
        Id = id,
        UnitId = caseId ?? "u",
        CaseId = caseId,
        InstanceId = "i",
        ActivityId = "a",
        Title = "A step",
        Instructions = "",
        LaneAgency = agency,
        LaneRole = role,
        FormId = "f",
        FormVersion = 1,
        Outcomes = "[]",
        Priority = 2,
        Statutory = false,
        NotBy = "[]",
        State = TaskState.Open,
        Assignee = assignee,
        CreatedAt = Now,
    };

    private static Submission Sent(string id, string sender) => new()
    {
        Id = id,
        Sender = sender,
        SentBy = "system-1",
        Authority = sender,
        Urn = id,
        MessageId = id,
        Format = "ChargeJson",
        Canonical = "{}",
        Unmapped = "{}",
        Corrections = "[]",
        Problems = "[]",
        State = SubmissionState.Pending,
        ReceivedAt = Now,
        ChangedAt = Now,
    };

    private static AgencyMessage Message(string id, string agency) => new()
    {
        Id = id,
        CaseId = "c1",
        Agency = agency,
        Kind = "k",
        Payload = "{}",
        State = MessageState.Queued,
        CreatedAt = Now,
        InstanceId = "i",
    };
}
