using System.Globalization;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Drafting rights as an administrator sees them, and what there is to give.</summary>
public sealed class DraftingRightQueries(CaseDatabase database, AdministeredRights administered, TermsCheck terms)
{
    private const int LongestChoice = 500;

    /// <summary>The newest first; null where the cursor is none of this list.</summary>
    public async Task<Page<DraftingRightItem>?> ListAsync(Caller caller, string? cursor, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        if ((await administered.AskAsync(db, caller, ct)).Administrator is not { } administrator)
        {
            return new Page<DraftingRightItem>([], null);
        }

        var rights = administrator.Seen(db).AsNoTracking();
        if (after is [var micros, var id])
        {
            var at = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            rights = rights.Where(right => right.AskedAt < at || (right.AskedAt == at && right.Id.CompareTo(id) < 0));
        }

        var rows = await rights.OrderByDescending(right => right.AskedAt).ThenByDescending(right => right.Id).Take(Cursor.DefaultLimit + 1).ToListAsync(ct);
        var page = rows.Take(Cursor.DefaultLimit).ToList();
        var next = rows.Count > Cursor.DefaultLimit ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].AskedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id) : null;
        return new Page<DraftingRightItem>(await ItemsAsync(db, caller, administrator, page, ct), next);
    }

    /// <summary>Null where there is none that the caller sees.</summary>
    public async Task<DraftingRightItem?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await administered.AskAsync(db, caller, ct)).Administrator is { } administrator
            && await administrator.Seen(db).AsNoTracking().SingleOrDefaultAsync(right => right.Id == id, ct) is { } right
            ? (await ItemsAsync(db, caller, administrator, [right], ct))[0]
            : null;
    }

    /// <summary>For whom the caller can ask, and for what.</summary>
    public async Task<DraftingRightChoices> ChoicesAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if ((await administered.AskAsync(db, caller, ct)).Administrator is not { } administrator)
        {
            return new DraftingRightChoices([], []);
        }

        List<DefinitionOwner> owners = [DefinitionOwner.National, .. (await terms.ChoicesAsync(db, ct)).Areas.Select(DefinitionOwner.OfArea), DefinitionOwner.OfAgency(caller.Agency)];
        owners.RemoveAll(owner => !administrator.Administers(owner));
        var widest = administrator.IsPlatforms ? DefinitionOwner.National : DefinitionOwner.OfAgency(caller.Agency);
        var people = await RightsAdministrator.Eligible(db, widest, DateTimeOffset.UtcNow).OrderBy(person => person.Name).Take(LongestChoice)
            .Select(person => new { person.Subject, person.Name, person.Agency }).ToListAsync(ct);
        return new DraftingRightChoices(owners, [.. people.Select(person => (person.Subject, $"{person.Name}, {person.Agency}"))]);
    }

    private static async Task<List<DraftingRightItem>> ItemsAsync(CaseDb db, Caller caller, RightsAdministrator administrator, List<DraftingRight> rights, CancellationToken ct)
    {
        var subjects = rights.Select(right => right.Subject).Distinct().ToList();
        var people = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        return [.. rights.Select(right =>
        {
            var owner = DefinitionOwner.Parse(right.Owner)!;
            var person = people.GetValueOrDefault(right.Subject);
            return new DraftingRightItem(
                right, owner, person?.Name ?? right.Subject, person?.Agency, right.AskedBy == caller.Subject, administrator.Administers(owner) && right.Subject != caller.Subject);
        })];
    }
}

/// <param name="Agency">The holder's; null where the directory does not know them.</param>
/// <param name="IsOwn">True where the caller asked for it.</param>
/// <param name="MayDecide">True where the caller could decide on it, had they not asked.</param>
public sealed record DraftingRightItem(DraftingRight Right, DefinitionOwner Owner, string Person, string? Agency, bool IsOwn, bool MayDecide);

public sealed record DraftingRightChoices(IReadOnlyList<DefinitionOwner> Owners, IReadOnlyList<(string Subject, string Name)> People);
