using System.Globalization;
using Assize.Audit;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <param name="Person">A name or a subject of the caller's own agency.</param>
/// <param name="Case">A case's reference.</param>
public sealed record AuditSearch(string? Person, string? Action, string? Case, DateOnly? From, DateOnly? To);

/// <param name="Who">The name of one's own people; another agency's are their agency only.</param>
/// <param name="Said">What they wrote; of one's own people only.</param>
/// <param name="Sequence">Null for other agencies' records, and for the second that the sealer needs.</param>
public sealed record AuditItem(
    DateTimeOffset At, string Who, string Agency, string Action, string Kind, string SubjectId, string? Urn, string? Said, bool Erased, bool Own, long? Sequence)
{
    /// <summary>The case is sealed and the reader does not have it: neither its reference nor what was said is shown.</summary>
    public bool IsSealed { get; init; }
}

/// <summary>What an agency's people did, and what others did in its cases; the newest first.</summary>
public sealed class AuditQueries(CaseDatabase database, IAccessEvaluator access, CasePseudonyms pseudonyms)
{
    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<AuditItem>?> ListAsync(Caller caller, AuditSearch search, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.ReadAudit, AccessTarget.None, ct)).Allowed)
        {
            return new Page<AuditItem>([], null);
        }

        var refused = await OnceSealedAsync(db, caller, ct);
        var entries = Found(db, caller, search, refused);
        if (after is [var micros, var id])
        {
            var at = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            entries = entries.Where(entry => entry.At < at || (entry.At == at && entry.Id.CompareTo(id) < 0));
        }

        var rows = await entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].At).ToString(CultureInfo.InvariantCulture), page[^1].Id) : null;
        return new Page<AuditItem>(await ItemsAsync(db, caller, page, refused, ct), next);
    }

    /// <summary>The streams of other agencies whose roots the caller's agency keeps as their witness.</summary>
    public async Task<IReadOnlyList<string>> WitnessedAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<AuditRoot>().Where(root => root.Witness == caller.Agency).Select(root => root.Stream).Distinct().OrderBy(stream => stream).ToListAsync(ct);
    }

    /// <summary>Whether a stream is the caller's to have as a whole: their agency's, or Assize's own for whoever runs the platform.</summary>
    public async Task<bool> OwnsAsync(Caller caller, string stream, CancellationToken ct)
    {
        if (stream != AuditStream.Assize)
        {
            return stream == caller.Agency;
        }

        await using var db = database.CreateDbContext();
        return (await access.CheckAsync(db, caller, AccessActions.ExportServerAudit, AccessTarget.None, ct)).Allowed;
    }

    /// <summary>How far a stream is sealed and signed; null before its first record, and where it is not the caller's.</summary>
    public async Task<AuditStream?> StreamAsync(Caller caller, string stream, CancellationToken ct)
    {
        if (!await OwnsAsync(caller, stream, ct))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        return await db.Set<AuditStream>().AsNoTracking().SingleOrDefaultAsync(known => known.Id == stream, ct);
    }

    /// <summary>References of the agency's cases that are or were sealed and that the caller has, by their pseudonyms.</summary>
    private async Task<Dictionary<string, string>> OnceSealedAsync(CaseDb db, Caller caller, CancellationToken ct) =>
        (await access.VisibleCases(db, caller).AsNoTracking().Where(file => file.SealEpoch > 0 && file.OwnerAgency == caller.Agency).Select(file => new { file.Id, file.Urn }).ToListAsync(ct))
            .ToDictionary(file => pseudonyms.Of(file.Id), file => file.Urn);

    private IQueryable<AuditEntry> Found(CaseDb db, Caller caller, AuditSearch search, Dictionary<string, string> refused)
    {
        var known = KnownCases.To(caller, access, db);
        // Who was refused a sealed case is told to those only who have it.
        string[] cases = [.. refused.Keys];
        var entries = cases.Length == 0
            ? db.Set<AuditEntry>().AsNoTracking().Where(entry => (entry.Agency == caller.Agency || entry.OwnerAgency == caller.Agency) && entry.Action != SealedRefusals.Action)
            : db.Set<AuditEntry>().AsNoTracking().Where(entry => ((entry.Agency == caller.Agency || entry.OwnerAgency == caller.Agency) && entry.Action != SealedRefusals.Action)
                || (entry.Action == SealedRefusals.Action && cases.Contains(entry.SubjectId)));
        if (!string.IsNullOrWhiteSpace(search.Person))
        {
            var wanted = search.Person.Trim().ToLowerInvariant();
            // Translated to SQL's lower().
#pragma warning disable CA1304, CA1311, CA1862
            entries = entries.Where(entry => entry.Agency == caller.Agency && (entry.Actor.ToLower() == wanted
                || db.Set<Person>().Any(person => person.Subject == entry.Actor && person.Agency == caller.Agency && person.Name.ToLower().Contains(wanted))));
#pragma warning restore CA1304, CA1311, CA1862
        }

        if (!string.IsNullOrWhiteSpace(search.Action))
        {
            entries = entries.Where(entry => entry.Action == search.Action);
        }

        if (!string.IsNullOrWhiteSpace(search.Case))
        {
            var urn = search.Case.Trim().ToUpperInvariant();
            string[] refusals = [.. refused.Where(one => one.Value == urn).Select(one => one.Key)];
            entries = entries.Where(entry => (entry.Action == SealedRefusals.Action && refusals.Contains(entry.SubjectId)) || known.Any(file => file.Id == entry.CaseId && file.Urn == urn));
        }

        if (search.From is { } from)
        {
            var begin = London.Midnight(from);
            entries = entries.Where(entry => entry.At >= begin);
        }

        if (search.To is { } to)
        {
            var end = London.Midnight(to.AddDays(1));
            entries = entries.Where(entry => entry.At < end);
        }

        return entries;
    }

    private async Task<List<AuditItem>> ItemsAsync(CaseDb db, Caller caller, List<AuditEntry> page, Dictionary<string, string> refused, CancellationToken ct)
    {
        var actors = page.Select(entry => entry.Actor).Distinct().ToList();
        var names = await db.Set<Person>().AsNoTracking().Where(person => actors.Contains(person.Subject) && person.Agency == caller.Agency)
            .ToDictionaryAsync(person => person.Subject, person => person.Name, ct);
        var agencies = page.Select(AgencyOf).Distinct().ToList();
        var known = await db.Set<Agency>().AsNoTracking().Where(agency => agencies.Contains(agency.Id)).ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        var ids = page.Select(entry => entry.CaseId).OfType<string>().Distinct().ToList();
        var urns = await KnownCases.To(caller, access, db).AsNoTracking().Where(file => ids.Contains(file.Id)).ToDictionaryAsync(file => file.Id, file => file.Urn, ct);
        return [.. page.Select(entry =>
        {
            var own = entry.Agency == caller.Agency;
            var agency = known.GetValueOrDefault(AgencyOf(entry)) ?? (AgencyOf(entry) == AuditStream.Assize ? "Assize" : AgencyOf(entry));
            var urn = entry.Action == SealedRefusals.Action ? refused.GetValueOrDefault(entry.SubjectId) : urns.GetValueOrDefault(entry.CaseId ?? "");
            var isSealed = entry.CaseId is not null && urn is null;
            return new AuditItem(
                entry.At, Who(entry, own, agency), agency, entry.Action, entry.SubjectKind, entry.SubjectId,
                urn, own && !isSealed ? entry.Said : null, entry.SaidDigest is not null && entry.Said is null, own, own ? entry.Sequence : null)
            {
                IsSealed = isSealed,
            };
        })];

        string Who(AuditEntry entry, bool own, string agency) => entry.Actor == Caller.Assize.Subject ? Caller.Assize.DisplayName
            : own ? names.GetValueOrDefault(entry.Actor) ?? entry.Actor : $"Somebody at {agency}";
    }

    /// <summary>Whose person it was: a refusal stands in Assize's own stream and says it beside.</summary>
    private static string AgencyOf(AuditEntry entry) =>
        entry.Action == SealedRefusals.Action && RefusalDetail.Of(entry.Detail) is { } refusal ? refusal.Agency : entry.Agency;
}
