using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Participants;

/// <summary>Whoever is a party to a case stays one when their account is linked to another: the human has a new name then, and the gate goes by it.</summary>
internal static class FollowParties
{
    /// <summary>
    /// Adds rows and takes none away: an account whose news come with a later page still has the old name. What was recorded under the account's own
    /// name is carried by every news of it, so one told late or twice makes no difference.
    /// </summary>
    public static async Task TakeAsync(DbContext db, IReadOnlyList<DirectoryPerson> people, CancellationToken ct)
    {
        Dictionary<string, string?> before = db.ChangeTracker.Entries<Person>()
            .ToDictionary(person => person.Entity.Subject, person => person.Property(x => x.PersonId).OriginalValue);
        List<(string Old, string Now)> names = [.. people
            .SelectMany(person => new[] { person.Subject, before.GetValueOrDefault(person.Subject) ?? person.Subject }, (person, old) => (old, person.PersonId ?? person.Subject))
            .Where(name => name.old != name.Item2).Distinct()];
        if (names.Count == 0)
        {
            return;
        }
        string[] ids = [.. names.SelectMany(name => new[] { name.Old, name.Now }).Distinct()];
        List<CaseParty> parties = await db.Set<CaseParty>().Where(party => ids.Contains(party.PersonId)).ToListAsync(ct);
        HashSet<(string, string, DateTimeOffset)> known = [.. parties.Select(party => (party.CaseId, party.PersonId, party.From))];
        foreach ((string old, string now) in names)
        {
            db.AddRange(parties.Where(party => party.PersonId == old && known.Add((party.CaseId, now, party.From))).Select(party => new CaseParty
            {
                CaseId = party.CaseId,
                PersonId = now,
                Part = party.Part,
                From = party.From,
                To = party.To,
                RecordedBy = party.RecordedBy,
            }));
        }
    }
}
