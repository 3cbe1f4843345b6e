using System.Text.Json;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Counts open tasks that somebody may do now and that nobody could do after a change: of its cases, and of its people's agencies' own submissions.</summary>
internal static class TasksLeft
{
    /// <param name="withSubmissions">Whether the change can reach tasks that belong to no case yet.</param>
    public static async Task<int> CountAsync(DbContext db, Imagined change, bool withSubmissions, CancellationToken ct)
    {
        string[] agencies = [.. change.People.Select(person => person.Now.Row.Agency).Distinct()];
        string[] ids = [.. change.Cases.Select(file => file.Now.Id)];
        Dictionary<string, ImaginedCase> cases = change.Cases.ToDictionary(file => file.Now.Id);
        List<WorkTask> open = await db.Set<WorkTask>().AsNoTracking()
            .Where(task => (task.State == TaskState.Open || task.State == TaskState.Claimed) && agencies.Contains(task.LaneAgency)
                && (task.CaseId == null ? withSubmissions && task.SubmissionId != null : ids.Contains(task.CaseId))).ToListAsync(ct);
        Dictionary<string, string> humans = await HumansAsync(db, open, ct);
        List<Lane> touched = [.. open.Select(task => new Lane(task, task.CaseId is { } id ? cases[id] : null, humans))
            .Where(lane => change.People.Any(person => lane.May(person.Now, change.At, isThen: false) && !lane.May(person.Then, change.At, isThen: true)))];
        if (touched.Count == 0)
        {
            return 0;
        }
        IReadOnlyList<ImaginedPerson> others = await OthersAsync(db, change, touched, ct);
        return touched.Count(lane => !change.People.Concat(others).Any(person => lane.May(person.Then, change.At, isThen: true)));
    }

    /// <summary>Who stands behind the accounts that others must differ from.</summary>
    private static async Task<Dictionary<string, string>> HumansAsync(DbContext db, List<WorkTask> tasks, CancellationToken ct)
    {
        string[] subjects = [.. tasks.SelectMany(task => Lane.Before(task)).Distinct()];
        return subjects.Length == 0 ? []
            : await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, person => person.PersonId ?? person.Subject, ct);
    }

    /// <summary>Everybody else who has a role of the tasks' lanes.</summary>
    private static async Task<IReadOnlyList<ImaginedPerson>> OthersAsync(DbContext db, Imagined change, List<Lane> lanes, CancellationToken ct)
    {
        string[] agencies = [.. lanes.Select(lane => lane.Task.LaneAgency).Distinct()];
        string[] roles = [.. lanes.Select(lane => lane.Task.LaneRole).Distinct()];
        HashSet<string> known = [.. change.People.Select(person => person.Now.Row.Subject)];
        IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(
            db, db.Set<Person>().Where(person => agencies.Contains(person.Agency) && person.Status == DirectoryStatus.Active
                && (db.Set<HomeRole>().Any(role => role.Subject == person.Subject && roles.Contains(role.Role))
                    || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && roles.Contains(grant.Role)))), change.At, ct);
        return [.. people.Where(person => !known.Contains(person.Row.Subject)).Select(person => new ImaginedPerson(person, person))];
    }

    private sealed record Lane(WorkTask Task, ImaginedCase? Case, Dictionary<string, string> Humans)
    {
        private readonly HashSet<string> _notBy = [.. Before(Task), .. Before(Task).Select(subject => Humans.GetValueOrDefault(subject) ?? subject)];

        public static string[] Before(WorkTask task) => JsonSerializer.Deserialize<string[]>(task.NotBy) ?? [];

        // Whoever has taken it has to give it back first, and who may not come near it cannot.
        public bool May(KnownPerson person, DateTimeOffset at, bool isThen) => person.Row.Agency == Task.LaneAgency
            && (Task.Assignee ?? person.Row.Subject) == person.Row.Subject && !_notBy.Contains(person.Row.Subject) && !_notBy.Contains(person.Facts.PersonId)
            && person.Grants.Any(grant => grant.Role == Task.LaneRole)
            && Gates.Run(ExplainAccess.Question(person, AccessActions.CompleteTask, isThen ? Case?.Then : Case?.Now, at)) is { Allowed: true } verdict
            && verdict.Sufficient.Any(grant => grant.Role == Task.LaneRole);
    }
}
