using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>Who stands behind accounts: one human may have several, and counts once where two people are asked for.</summary>
public static class Humans
{
    /// <summary>True where the subjects are one, or are linked to one person in the directory.</summary>
    public static async Task<bool> AreOneAsync(DbContext db, string subject, string other, CancellationToken ct)
    {
        if (subject == other)
        {
            return true;
        }
        List<string> people = await db.Set<Person>().Where(x => x.Subject == subject || x.Subject == other).Select(x => x.PersonId ?? x.Subject).ToListAsync(ct);
        return people.Count == 2 && people[0] == people[1];
    }
}
