using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>One line of a list of conflicts: whose and with which case, or what is wrong with it.</summary>
/// <param name="Text">As it was written.</param>
public sealed record ConflictLine(int Number, string Text, AgencyPerson? Person, string? Urn, string? Problem);

/// <summary>Several people for one case, or several cases for one person, each line read on its own.</summary>
public sealed class ConflictLines(CaseDatabase database, AgencyPeople people, IAccessEvaluator access, TimeProvider clock)
{
    public const int Most = 50;

    /// <summary>The written lines that are not empty, numbered as they stand.</summary>
    public static IReadOnlyList<(int Number, string Text)> Of(string? written) =>
        [.. (written ?? "").Split('\n').Select((text, index) => (index + 1, text.Trim())).Where(line => line.Item2.Length > 0)];

    /// <param name="whose">Who each line is about, or the one whom all are about.</param>
    /// <param name="with">The case of each line, or the one of all.</param>
    public async Task<IReadOnlyList<ConflictLine>> ReadAsync(Caller caller, IReadOnlyList<(int Number, string Text)> whose, IReadOnlyList<(int Number, string Text)> with, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        List<ConflictLine> lines = [];
        HashSet<(string, string)> said = [];
        foreach (var person in whose)
        {
            var found = await people.FindAsync(caller, person.Text, ct);
            foreach (var file in with)
            {
                var line = whose.Count > 1 ? person : file;
                var urn = file.Text.ToUpperInvariant();
                var problem = found.Count switch
                {
                    0 => "There is nobody of that name in your agency",
                    > 1 => "Several people are called that: write the account",
                    _ when !said.Add((found[0].Subject, urn)) => "It is in the list twice",
                    _ => await ProblemAsync(db, caller, found[0].Subject, urn, ct),
                };
                lines.Add(new ConflictLine(line.Number, line.Text, found.Count == 1 ? found[0] : null, urn, problem));
            }
        }

        return lines;
    }

    private async Task<string?> ProblemAsync(CaseDb db, Caller caller, string subject, string urn, CancellationToken ct)
    {
        var id = await db.Cases.Where(file => file.Urn == urn && !file.Practice).Select(file => file.Id).SingleOrDefaultAsync(ct);
        if ((await access.CheckAsync(db, caller, AccessActions.DeclareExclusion, AccessTarget.Case(id ?? ""), ct)).LooksAbsent)
        {
            return "There is no case of that reference that you could have a conflict with";
        }

        var now = clock.GetUtcNow();
        return await db.Set<Exclusion>().AnyAsync(row => row.Subject == subject && row.CaseId == id && row.RemovedAt == null && (row.To == null || row.To > now), ct)
            ? "This conflict is recorded already"
            : null;
    }
}
