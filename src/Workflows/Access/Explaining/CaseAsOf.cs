using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Cases as access saw them at an instant: their seal and class, who took part, and who was a party.</summary>
internal static class CaseAsOf
{
    public static async Task<IReadOnlyList<CaseFacts>> CasesAsync(DbContext db, IReadOnlyList<CaseFile> files, DateTimeOffset at, CancellationToken ct)
    {
        string[] ids = [.. files.Select(file => file.Id)];
        ILookup<string, CaseProtection> protections = (await db.Set<CaseProtection>().AsNoTracking().Where(x => ids.Contains(x.CaseId)).OrderBy(x => x.From).ToListAsync(ct)).ToLookup(x => x.CaseId);
        List<CaseParticipant> now = await db.Set<CaseParticipant>().AsNoTracking().Where(x => ids.Contains(x.CaseId)).ToListAsync(ct);
        List<FormerParticipant> former = await db.Set<FormerParticipant>().AsNoTracking()
            .Where(x => ids.Contains(x.CaseId) && x.JoinedAt <= at && at < x.WithdrawnAt).ToListAsync(ct);
        ILookup<string, string> agencies = now.Where(x => (x.JoinedAt ?? x.Since) <= at && (x.WithdrawnAt is null || at < x.WithdrawnAt))
            .Select(x => (x.CaseId, x.Agency)).Concat(former.Select(x => (x.CaseId, x.Agency))).ToLookup(x => x.CaseId, x => x.Agency);
        ILookup<string, string> parties = (await db.Set<CaseParty>().AsNoTracking()
            .Where(x => ids.Contains(x.CaseId) && x.From <= at && (x.To == null || at < x.To)).ToListAsync(ct)).ToLookup(x => x.CaseId, x => x.PersonId);
        Dictionary<string, string> statuses = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.Status, ct);
        return [.. files.Select(file => Facts(file, protections[file.Id].ToList(), statuses.GetValueOrDefault(file.OwnerAgency) ?? "unknown", at) with
        {
            Participants = agencies[file.Id].ToHashSet(StringComparer.Ordinal),
            Parties = parties[file.Id].ToHashSet(StringComparer.Ordinal),
        })];
    }

    // A case begins private and open; every change since is a row, so before the first one it was as it began.
    private static CaseFacts Facts(CaseFile file, List<CaseProtection> kept, string ownerStatus, DateTimeOffset at)
    {
        CaseProtection? then = kept.LastOrDefault(x => x.From <= at);
        bool isUnchanged = kept.Count == 0;
        return new CaseFacts
        {
            Id = file.Id,
            Owner = file.OwnerAgency,
            OwnerStatus = ownerStatus,
            Jurisdiction = file.Jurisdiction,
            Area = file.Area,
            Court = file.CourtOu,
            Classification = isUnchanged ? file.Classification : then?.Classification ?? Classification.Private,
            Sealed = isUnchanged ? file.Sealed : then?.Sealed ?? false,
            SealEpoch = isUnchanged ? file.SealEpoch : then?.SealEpoch ?? 0,
            NeedsAuthorisation = file.NeedsAuthorisation,
            Participants = new HashSet<string>(),
            Parties = new HashSet<string>(),
        };
    }
}
