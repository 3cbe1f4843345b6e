using System.Globalization;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Hearings of the cases that the caller may see, from a day on.</summary>
public sealed class HearingQueries(CaseDatabase database, IAccessEvaluator access)
{
    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<ListedHearing>?> ListAsync(Caller caller, DateTimeOffset from, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var hearings = db.Hearings.AsNoTracking().Where(hearing => hearing.StartsAt >= from);
        if (after is [var micros, var id])
        {
            var starts = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            hearings = hearings.Where(hearing => hearing.StartsAt > starts || (hearing.StartsAt == starts && hearing.Id.CompareTo(id) > 0));
        }

        var rows = await access.VisibleCases(db, caller).AsNoTracking()
            .Join(hearings, file => file.Id, hearing => hearing.CaseId, (file, hearing) => new { file.Urn, Hearing = hearing })
            .OrderBy(row => row.Hearing.StartsAt).ThenBy(row => row.Hearing.Id).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var ids = page.Select(row => row.Hearing.Id).ToList();
        var names = (await db.HearingDefendants.AsNoTracking().Where(part => ids.Contains(part.HearingId))
            .Join(db.Defendants, part => part.DefendantId, defendant => defendant.Id, (part, defendant) => new { part.HearingId, defendant.Ordinal, defendant.Name })
            .OrderBy(row => row.Ordinal).ToListAsync(ct)).ToLookup(row => row.HearingId, row => row.Name);
        return new Page<ListedHearing>(
            [.. page.Select(row => new ListedHearing(row.Urn, row.Hearing, [.. names[row.Hearing.Id]]))],
            rows.Count > limit
                ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].Hearing.StartsAt).ToString(CultureInfo.InvariantCulture), page[^1].Hearing.Id)
                : null);
    }
}

public sealed record ListedHearing(string Urn, Hearing Hearing, IReadOnlyList<string> Defendants);
