using System.Globalization;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Prosecutions that came, by what the caller may see.</summary>
public sealed class SubmissionLists(CaseDatabase database, IAccessEvaluator access, ReferenceStore reference)
{
    /// <summary>The newest first; null where the cursor is none of this list.</summary>
    public async Task<Page<SubmissionItem>?> ListAsync(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var submissions = access.VisibleSubmissions(db, caller).AsNoTracking();
        if (after is [var micros, var id])
        {
            var received = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            submissions = submissions.Where(item => item.ReceivedAt < received || (item.ReceivedAt == received && item.Id.CompareTo(id) < 0));
        }

        var rows = await submissions.OrderByDescending(item => item.ReceivedAt).ThenByDescending(item => item.Id).Take(limit + 1)
            .Select(item => new SubmissionItem(item.Id, item.Urn, item.State, item.Format, item.ReceivedAt)).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        return new Page<SubmissionItem>(page, rows.Count > limit
            ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].ReceivedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id)
            : null);
    }

    /// <summary>A prosecuting authority in words.</summary>
    public async Task<string> AuthorityAsync(string code, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return Authorities.Name(await reference.CurrentAsync(db, ct), code);
    }

    /// <summary>Null where there is no such submission for the caller.</summary>
    public async Task<SubmissionView?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await new SubmissionQueries(access).FindAsync(db, caller, id, ct)).View;
    }
}

public sealed record SubmissionItem(string Id, string Urn, string State, string Format, DateTimeOffset ReceivedAt);
