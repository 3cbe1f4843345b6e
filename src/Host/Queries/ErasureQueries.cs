using System.Globalization;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Erasure;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <param name="Whom">Whose data: the place in the case, never the name.</param>
public sealed record ErasureItem(
    string Id, string Urn, string Whom, string LegalBasis, string Reason, string State, string RequestedBy, DateTimeOffset RequestedAt,
    string? DecidedBy, DateTimeOffset? DecidedAt, int Erased, bool IsOwn);

/// <param name="Defendants">Id and name of each, for the choice of whom.</param>
public sealed record ErasableCase(string Id, string Urn, IReadOnlyList<(string Id, string Name)> Defendants);

/// <summary>Requests of the caller's agency to erase personal data, the newest first. One about a sealed case is there for those only who have the case.</summary>
public sealed class ErasureQueries(CaseDatabase database, IAccessEvaluator access)
{
    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<ErasureItem>?> ListAsync(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var requests = Told(db, caller);
        if (after is [var micros, var id])
        {
            var at = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            requests = requests.Where(request => request.RequestedAt < at || (request.RequestedAt == at && request.Id.CompareTo(id) < 0));
        }

        var rows = await requests.OrderByDescending(request => request.RequestedAt).ThenByDescending(request => request.Id).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].RequestedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id) : null;
        return new Page<ErasureItem>(await ItemsAsync(db, caller, page, ct), next);
    }

    public async Task<ErasureItem?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await Told(db, caller).SingleOrDefaultAsync(request => request.Id == id, ct) is { } request
            ? (await ItemsAsync(db, caller, [request], ct))[0]
            : null;
    }

    /// <summary>A case that the caller's agency owns, by its reference; null where there is none on which they may ask.</summary>
    public async Task<ErasableCase?> CaseAsync(Caller caller, string? urn, CancellationToken ct)
    {
        var wanted = (urn ?? "").Trim().ToUpperInvariant();
        await using var db = database.CreateDbContext();
        var file = await db.Cases.AsNoTracking().SingleOrDefaultAsync(known => known.Urn == wanted && known.OwnerAgency == caller.Agency, ct);
        if (file is null || !(await access.CheckAsync(db, caller, AccessActions.RequestErasure, AccessTarget.Case(file.Id), ct)).Allowed)
        {
            return null;
        }

        var people = await db.Defendants.AsNoTracking().Where(defendant => defendant.CaseId == file.Id).OrderBy(defendant => defendant.Ordinal).ToListAsync(ct);
        return new ErasableCase(file.Id, file.Urn, [.. people.Select(defendant => (defendant.Id, defendant.Name))]);
    }

    private IQueryable<ErasureRequest> Told(CaseDb db, Caller caller)
    {
        var known = KnownCases.To(caller, access, db);
        return db.Set<ErasureRequest>().AsNoTracking().Where(request => request.Agency == caller.Agency && known.Any(file => file.Id == request.CaseId));
    }

    private static async Task<List<ErasureItem>> ItemsAsync(CaseDb db, Caller caller, List<ErasureRequest> page, CancellationToken ct)
    {
        var people = page.SelectMany(request => new[] { request.RequestedBy, request.DecidedBy }).OfType<string>().Distinct().ToList();
        var names = await db.Set<Person>().AsNoTracking().Where(person => people.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, person => person.Name, ct);
        var cases = page.Select(request => request.CaseId).Distinct().ToList();
        var urns = await db.Cases.AsNoTracking().Where(file => cases.Contains(file.Id)).ToDictionaryAsync(file => file.Id, file => file.Urn, ct);
        var ids = page.Select(request => request.DefendantId).OfType<string>().Distinct().ToList();
        var places = await db.Defendants.AsNoTracking().Where(defendant => ids.Contains(defendant.Id)).ToDictionaryAsync(defendant => defendant.Id, defendant => defendant.Ordinal, ct);
        return [.. page.Select(request => new ErasureItem(
            request.Id, urns.GetValueOrDefault(request.CaseId) ?? "", request.DefendantId is null ? "Everybody in the case" : $"Defendant {places.GetValueOrDefault(request.DefendantId)}",
            RequestErasure.LegalBases.GetValueOrDefault(request.LegalBasis) ?? request.LegalBasis, request.Reason, request.State,
            names.GetValueOrDefault(request.RequestedBy) ?? request.RequestedBy, request.RequestedAt,
            request.DecidedBy is null ? null : names.GetValueOrDefault(request.DecidedBy) ?? request.DecidedBy, request.DecidedAt, request.Erased,
            request.RequestedBy == caller.Subject))];
    }
}
