using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>Home roles, participating agencies, lanes and two persons. Roles are live by the real clock, never the business one.</summary>
public sealed class AccessEvaluator(TimeProvider clock) : IAccessEvaluator
{
    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts) =>
        AccessRules.Decide(caller, action, target, facts);

    public async Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct)
    {
        AccessFacts facts = new() { Person = await PersonAsync(db, caller, ct) };
        return Decide(caller, action, target, target.Kind switch
        {
            AccessTargetKind.Case => facts with { Case = await CaseAsync(db, caller, target.Id, ct) },
            AccessTargetKind.Task => await TaskAsync(db, caller, target.Id, facts, ct),
            AccessTargetKind.Message => facts with { OwnedBy = await MessageAsync(db, target.Id, ct) },
            AccessTargetKind.Submission => facts with { OwnedBy = await SubmissionAsync(db, target.Id, ct) },
            _ => facts,
        });
    }

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller)
    {
        IQueryable<Person> asker = Asker(db, caller, AccessActions.ReadCase);
        IQueryable<CaseParticipant> part = db.Set<CaseParticipant>().Where(x => x.Agency == caller.Agency);
        return db.Set<CaseFile>().Where(file => asker.Any() && part.Any(x => x.CaseId == file.Id));
    }

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller)
    {
        IQueryable<Person> asker = Asker(db, caller, AccessActions.ReadTask);
        IQueryable<CaseParticipant> part = db.Set<CaseParticipant>().Where(x => x.Agency == caller.Agency);
        return db.Set<WorkTask>().Where(task => task.LaneAgency == caller.Agency && asker.Any()
            && (task.CaseId == null || part.Any(x => x.CaseId == task.CaseId)));
    }

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller)
    {
        IQueryable<Person> asker = Asker(db, caller, AccessActions.ReadProsecution);
        return db.Set<Submission>().Where(submission => submission.Sender == caller.Agency && asker.Any());
    }

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller)
    {
        IQueryable<Person> asker = Asker(db, caller, AccessActions.ReadMessage);
        return db.Set<AgencyMessage>().Where(message => message.Agency == caller.Agency && asker.Any());
    }

    /// <summary>One row where the caller may do the action at all, none otherwise: what <see cref="AccessRules"/> asks of the person.</summary>
    private IQueryable<Person> Asker(DbContext db, Caller caller, string action)
    {
        string[] roles = [.. ActionTable.RolesFor(action)];
        DateTimeOffset now = clock.GetUtcNow();
        return db.Set<Person>().Where(person => person.Subject == caller.Subject && person.Agency == caller.Agency
            && person.Status == DirectoryStatus.Active
            && db.Set<Agency>().Any(agency => agency.Id == person.Agency && agency.Status == DirectoryStatus.Active)
            && db.Set<HomeRole>().Any(role => role.Subject == person.Subject && roles.Contains(role.Role)
                && role.From <= now && (role.To == null || now < role.To)));
    }

    private async Task<PersonFacts?> PersonAsync(DbContext db, Caller caller, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var found = await db.Set<Person>().AsNoTracking().Where(person => person.Subject == caller.Subject)
            .Select(person => new
            {
                Person = person,
                AgencyStatus = db.Set<Agency>().Where(agency => agency.Id == person.Agency).Select(agency => agency.Status).FirstOrDefault(),
                Roles = db.Set<HomeRole>().Where(role => role.Subject == person.Subject).ToList(),
            }).SingleOrDefaultAsync(ct);
        return found is null ? null : AccessLoad.Person(found.Person, found.AgencyStatus, found.Roles, now);
    }

    private static async Task<CaseFacts?> CaseAsync(DbContext db, Caller caller, string caseId, CancellationToken ct)
    {
        var found = await db.Set<CaseFile>().Where(file => file.Id == caseId)
            .Select(file => new { TakesPart = db.Set<CaseParticipant>().Any(x => x.CaseId == file.Id && x.Agency == caller.Agency) })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : new CaseFacts(caseId, AccessLoad.Set(found.TakesPart ? [caller.Agency] : []));
    }

    private static async Task<AccessFacts> TaskAsync(DbContext db, Caller caller, string taskId, AccessFacts facts, CancellationToken ct)
    {
        WorkTask? task = await db.Set<WorkTask>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == taskId, ct);
        return task is null ? facts : facts with
        {
            Task = AccessLoad.Task(task),
            Case = task.CaseId is null ? null : await CaseAsync(db, caller, task.CaseId, ct),
        };
    }

    private static async Task<IReadOnlyList<string>?> SubmissionAsync(DbContext db, string submissionId, CancellationToken ct) =>
        await db.Set<Submission>().Where(x => x.Id == submissionId).Select(x => x.Sender).SingleOrDefaultAsync(ct) is { } agency ? [agency] : null;

    private static async Task<IReadOnlyList<string>?> MessageAsync(DbContext db, string messageId, CancellationToken ct) =>
        await db.Set<AgencyMessage>().Where(x => x.Id == messageId).Select(x => x.Agency).SingleOrDefaultAsync(ct) is { } agency ? [agency] : null;
}
