using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>To whom something belongs that did not exist before. What exists keeps its owner.</summary>
public static class FirstOwner
{
    /// <param name="asked">Whom the caller named; if absent the widest right that they hold decides, and their own agency before others.</param>
    /// <returns>Null where it exists, or its name is given away.</returns>
    public static async Task<DefinitionOwner?> OfAsync(CaseDb db, IQueryable<DraftingRight> held, Caller caller, string key, DefinitionOwner? asked, CancellationToken ct)
    {
        if (await ExistsAsync(db, key, ct))
        {
            return null;
        }
        return asked ?? (await held.Select(x => x.Owner).Distinct().ToListAsync(ct)).Select(DefinitionOwner.Parse).OfType<DefinitionOwner>()
            .OrderByDescending(x => x.IsNational).ThenByDescending(x => x.Agency == caller.Agency).ThenBy(x => x.ToString(), StringComparer.Ordinal).FirstOrDefault()
            ?? DefinitionOwner.National;
    }

    /// <summary>True where cases take it, so that no one person changes whose it is.</summary>
    public static async Task<bool> IsInForceAsync(CaseDb db, string key, CancellationToken ct) => await PublishedVersions.NewestAsync(db, key, ct) > 0
        || (RuleName.Parse(key) is { Kind: RuleName.List } list && await IsShippedAsync(db, list.Id, ct));

    private static async Task<bool> ExistsAsync(CaseDb db, string key, CancellationToken ct) =>
        await db.OwnedDefinitions.AnyAsync(x => x.DefinitionId == key, ct) || await IsInForceAsync(db, key, ct);

    // A code list that came with the software, or was imported, is in force without a version.
    private static async Task<bool> IsShippedAsync(CaseDb db, string list, CancellationToken ct) =>
        EmbeddedReference.Data.Lists.Contains(list) || await db.Set<ReferenceRow>().AnyAsync(x => x.List == list, ct);
}
