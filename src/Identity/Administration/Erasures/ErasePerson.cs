using Assize.Audit;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Erasures;

/// <summary>
/// Takes out who somebody was. The account stays with its id, which is chance or a digest, so that what it did can be read; what people wrote of them goes from
/// the log, whose chains know a salted digest of it alone.
/// </summary>
internal static class ErasePerson
{
    public const string Erased = "[erased]";
    private const int Batch = 500;

    /// <summary>How many records of the log lost what was said.</summary>
    public static async Task<int> RunAsync(AdminWork work, Account person)
    {
        PersonWords words = new(person);
        List<string> said = await SaidAsync(work, person, words);
        foreach (string[] ids in said.Chunk(Batch))
        {
            await work.Db.Set<AuditEntry>().Where(entry => ids.Contains(entry.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.Said, (string?)null).SetProperty(entry => entry.SaidSalt, (string?)null), work.Ct);
        }
        await ForgetReasonsAsync(work, person, words);
        await ForgetAsync(work, person, words);
        person.Name = Erased;
        (person.Title, person.UserName, person.ExternalId, person.GivenName, person.FamilyName, person.Department, person.Email) = (null, null, null, null, null, null, null);
        work.Unit.Changed(person);
        return said.Count;
    }

    // What was said about the account in any log, and in the agency's own whatever names the person.
    private static async Task<List<string>> SaidAsync(AdminWork work, Account person, PersonWords words)
    {
        string below = person.Subject + "/";
        IQueryable<AuditEntry> said = work.Db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Said != null);
        List<string> found = await said.Where(entry => entry.SubjectId == person.Subject || entry.SubjectId.StartsWith(below)
            || work.Db.RoleRequests.Any(request => request.Subject == person.Subject && request.Id == entry.SubjectId)).Select(entry => entry.Id).ToListAsync(work.Ct);
        await foreach (AuditEntry entry in said.Where(entry => entry.Agency == person.AgencyId).AsAsyncEnumerable().WithCancellation(work.Ct))
        {
            if (words.AreIn(entry.Said))
            {
                found.Add(entry.Id);
            }
        }
        return [.. found.Distinct()];
    }

    private static async Task ForgetReasonsAsync(AdminWork work, Account person, PersonWords words)
    {
        string[] requests = [.. (await work.Db.RoleRequests.AsNoTracking().Where(request => request.AgencyId == person.AgencyId || request.Subject == person.Subject)
            .Select(request => new { request.Id, request.Subject, request.Reason }).ToListAsync(work.Ct)).Where(request => request.Subject == person.Subject || words.AreIn(request.Reason)).Select(request => request.Id)];
        await work.Db.RoleRequests.Where(request => requests.Contains(request.Id)).ExecuteUpdateAsync(set => set.SetProperty(request => request.Reason, Erased), work.Ct);
        string[] keys = [.. (await work.Db.SystemKeys.AsNoTracking().Where(key => work.Db.Accounts.Any(system => system.Subject == key.Subject && system.AgencyId == person.AgencyId))
            .Select(key => new { key.Id, key.Reason }).ToListAsync(work.Ct)).Where(key => words.AreIn(key.Reason)).Select(key => key.Id)];
        await work.Db.SystemKeys.Where(key => keys.Contains(key.Id)).ExecuteUpdateAsync(set => set.SetProperty(key => key.Reason, Erased), work.Ct);
    }

    private static async Task ForgetAsync(AdminWork work, Account person, PersonWords words)
    {
        (string subject, string? provider) = (person.Subject, person.ProviderSubject);
        List<StoredAnswer> answers = await work.Db.StoredAnswers.Where(answer => work.Db.Accounts.Any(account => account.Subject == answer.Caller && account.AgencyId == person.AgencyId)).ToListAsync(work.Ct);
        work.Db.StoredAnswers.RemoveRange(answers.Where(answer => answer.Caller == subject || words.AreIn(answer.Body)));
        await work.Db.Sessions.Where(session => session.Subject == subject).ExecuteUpdateAsync(set => set.SetProperty(session => session.AddressHint, (string?)null), work.Ct);
        if (provider is not null)
        {
            await work.Db.UpstreamEnrolments.Where(tried => tried.AgencyId == person.AgencyId && tried.TestSubject == provider)
                .ExecuteUpdateAsync(set => set.SetProperty(tried => tried.Test, (string?)null), work.Ct);
        }
    }
}
