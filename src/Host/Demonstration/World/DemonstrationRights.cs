using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Demonstration.World;

/// <summary>What the process owners of a demonstration may draft: those of the court the national baseline and their area's, those of the police their force's.</summary>
internal sealed class DemonstrationRights(CaseDatabase database)
{
    private const string Demonstration = "demonstration";

    private static readonly (string Subject, DefinitionOwner Owner)[] s_rights =
    [
        ("clare.osborne@liverpool-magistrates", DefinitionOwner.National), ("imran.siddiqui@liverpool-magistrates", DefinitionOwner.National),
        ("clare.osborne@liverpool-magistrates", DefinitionOwner.OfArea("Merseyside")), ("imran.siddiqui@liverpool-magistrates", DefinitionOwner.OfArea("Merseyside")),
        ("hugh.aintree@merseyside-police", DefinitionOwner.OfAgency("merseyside-police")), ("meera.walton@merseyside-police", DefinitionOwner.OfAgency("merseyside-police")),
    ];

    /// <summary>Gives each once: what an administrator has ended since stays ended.</summary>
    public async Task GiveAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var known = await db.DraftingRights.Select(right => right.Id).ToListAsync(ct);
        var now = DateTimeOffset.UtcNow;
        db.AddRange(s_rights.Select(right => DraftingRight.First(right.Subject, right.Owner, now, Demonstration, "Demonstration")).Where(right => !known.Contains(right.Id)));
        await db.SaveChangesAsync(ct);
    }
}
