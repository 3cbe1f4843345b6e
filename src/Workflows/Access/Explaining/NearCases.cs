using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>The newest of the cases that a change could touch.</summary>
internal static class NearCases
{
    private const int Most = 2000;

    public static IQueryable<CaseFile> Of(CaseDb db, string agency) => db.Cases.AsNoTracking().Where(file => file.OwnerAgency == agency
        || db.Participants.Any(part => part.CaseId == file.Id && part.Agency == agency && part.WithdrawnAt == null));

    /// <summary>Sealed ones are not spoken of, nor counted among those left out, unless the asker has the one that it is about.</summary>
    public static async Task<(IReadOnlyList<ImaginedCase> Cases, bool IsWhole)> ReadAsync(
        CaseDb db, IQueryable<CaseFile> near, DateTimeOffset at, CancellationToken ct, bool withSealed = false)
    {
        List<CaseFile> files = await near.Where(file => !file.Practice && (withSealed || !file.Sealed))
            .OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id).Take(Most + 1).ToListAsync(ct);
        Dictionary<string, string> urns = files.ToDictionary(file => file.Id, file => file.Urn);
        IReadOnlyList<CaseFacts> facts = await CaseAsOf.CasesAsync(db, [.. files.Take(Most)], at, ct);
        return ([.. facts.Where(file => withSealed || !file.Sealed).Select(file => new ImaginedCase(urns[file.Id], file, file))], files.Count <= Most);
    }
}
