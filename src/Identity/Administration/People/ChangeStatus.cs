using Assize.Identity.Directory;

namespace Assize.Identity.Administration.People;

/// <summary>Suspending keeps roles asleep; leaving ends them. Back from leaving means pending, with nothing.</summary>
internal static class ChangeStatus
{
    public const int Most = 20;

    public static async Task<Outcome> SetAsync(AdminWork work, string subject, StatusChange change)
    {
        if (Words.ReasonProblem(change.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (change.Status is not (AccountStatus.Active or AccountStatus.Pending or AccountStatus.Suspended or AccountStatus.Left))
        {
            return Outcome.Invalid("status", "Expected “active”, “pending”, “suspended” or “left”.");
        }
        (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
        if (person is null)
        {
            return refusal!;
        }
        if (!Follows(person.Status, change.Status))
        {
            return Outcome.Conflict("wrong_state", $"An account that is {person.Status} cannot become {change.Status}.");
        }
        await SetAsync(work, person, change.Status, change.Reason!);
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done(await PersonEntries.ReadAsync(work.Db, person.Subject, work.Ct));
    }

    /// <summary>All of them or, if one cannot be, none.</summary>
    public static async Task<Outcome> SuspendSeveralAsync(AdminWork work, Suspensions body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Subjects is not { Count: > 0 and <= Most } subjects || subjects.Distinct().Count() != subjects.Count)
        {
            return Outcome.Invalid("subjects", $"Expected between 1 and {Most} people, each once.");
        }
        foreach (string subject in subjects)
        {
            (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
            if (person is null)
            {
                return refusal!;
            }
            if (!Follows(person.Status, AccountStatus.Suspended))
            {
                return Outcome.Conflict("wrong_state", $"An account that is {person.Status} cannot become suspended.");
            }
            await SetAsync(work, person, AccountStatus.Suspended, body.Reason!);
        }
        return Outcome.Done(new { suspended = subjects });
    }

    private static async Task SetAsync(AdminWork work, Account person, string status, string reason)
    {
        string before = person.Status;
        await work.Unit.SetStatusAsync(person, status, work.Ct);
        work.Audit("person.status", "person", person.Subject, reason, new { from = before, to = status });
    }

    private static bool Follows(string before, string after) => (before, after) switch
    {
        (AccountStatus.Pending, AccountStatus.Suspended or AccountStatus.Left) => true,
        (AccountStatus.Active, AccountStatus.Suspended or AccountStatus.Left) => true,
        (AccountStatus.Suspended, AccountStatus.Active or AccountStatus.Left) => true,
        (AccountStatus.Left, AccountStatus.Pending) => true,
        _ => false,
    };
}
