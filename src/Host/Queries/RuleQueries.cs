using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Forms, decision tables, calendars and code lists: what is published of each, its draft, and who asked for what.</summary>
public sealed class RuleQueries(CaseDatabase database, ReferenceStore reference, DraftingRights rights)
{
    /// <summary>One line for each; a code list that came with the software has no version until one is published here.</summary>
    public async Task<IReadOnlyList<RuleLine>> ListAsync(string kind, Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var versions = await db.PublishedResources.AsNoTracking().Where(x => x.Kind == kind).Select(x => new { x.Id, x.Version, x.EffectiveFrom, x.PublishedAt }).ToListAsync(ct);
        var prefix = kind + ":";
        var drafts = await rights.Drafts(db, caller).AsNoTracking().Where(x => x.DefinitionId.StartsWith(prefix))
            .Select(x => new DraftItem(x.DefinitionId, x.Version, x.Name, x.SavedByName, x.SavedAt)).ToListAsync(ct);
        var lists = kind == RuleName.List ? (await reference.CurrentAsync(db, ct)).Lists : [];
        var newest = versions.GroupBy(x => x.Id).ToDictionary(x => x.Key, x => x.MaxBy(version => version.Version)!);
        var lines = new List<RuleLine>();
        foreach (var id in newest.Keys.Union(lists).Union(drafts.Select(x => x.DefinitionId[prefix.Length..])).Order(StringComparer.Ordinal))
        {
            var draft = drafts.Find(x => x.DefinitionId == prefix + id);
            var published = newest.GetValueOrDefault(id);
            lines.Add(new RuleLine(new RuleName(kind, id), draft?.Name ?? (published is null ? ListInForce.TitleOf(id) : await TitleAsync(db, kind, id, published.Version, ct)), published?.Version, published?.EffectiveFrom, published?.PublishedAt, draft));
        }

        return lines;
    }

    /// <summary>Every published version, the newest first, with the request by which it came.</summary>
    public async Task<IReadOnlyList<RuleVersion>> VersionsAsync(RuleName rule, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var rows = rule.Kind == RuleName.Overlay ? await OverlaysAsync(db, rule.Id, ct) : await db.PublishedResources.AsNoTracking().Where(x => x.Kind == rule.Kind && x.Id == rule.Id).OrderByDescending(x => x.Version).ToListAsync(ct);
        var key = rule.ToString();
        var requests = await db.PublicationRequests.AsNoTracking().Where(x => x.DefinitionId == key && x.State == PublicationState.Approved)
            .Select(x => new { x.Id, x.Version, x.Note, x.RequestedByName, x.DecidedByName }).ToListAsync(ct);
        return [.. rows.Select(row =>
        {
            var asked = requests.Find(x => x.Version == row.Version);
            return new RuleVersion(row.Version, row.Hash, row.EffectiveFrom, row.PublishedAt, RuleJson.Read(row.Text)!, asked?.Id, asked?.Note, asked?.RequestedByName, asked?.DecidedByName);
        })];
    }

    /// <summary>A version exactly as it was published.</summary>
    public async Task<string?> TextAsync(RuleName rule, int version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await PublishedVersions.TextAsync(db, rule.ToString(), version, ct);
    }

    /// <summary>The newest version; of a code list without any, what is in force.</summary>
    public async Task<JsonObject?> NewestAsync(RuleName rule, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var newest = await PublishedVersions.NewestAsync(db, rule.ToString(), ct);
        return newest > 0 ? RuleJson.Read((await PublishedVersions.TextAsync(db, rule.ToString(), newest, ct))!) : rule.Kind == RuleName.List ? await ListInForce.FindAsync(db, reference, rule.Id, ct) : null;
    }

    /// <summary>Whether the caller may draft it, and its draft where they may.</summary>
    public async Task<(bool MayDraft, WorkflowDraft? Draft)> DraftAsync(RuleName rule, Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var key = rule.ToString();
        return await rights.MayDraftAsync(db, caller, await DraftingRights.OwnerAsync(db, key, ct), ct)
            ? (true, await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == key, ct))
            : (false, null);
    }

    public async Task<DraftCopy?> CopyAsync(RuleName rule, string subject, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var key = rule.ToString();
        return await db.Set<DraftCopy>().AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == key && x.SavedBy == subject, ct);
    }

    /// <summary>The code lists that a question can take its choices from on a day.</summary>
    public async Task<ReferenceData> ListsAsync(DateOnly? day, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await reference.CurrentAsync(db, ct, day);
    }

    private static async Task<List<PublishedResource>> OverlaysAsync(CaseDb db, string id, CancellationToken ct) =>
        [.. (await db.PublishedOverlays.AsNoTracking().Where(x => x.Id == id).OrderByDescending(x => x.Version).ToListAsync(ct)).Select(x => new PublishedResource
        {
            Kind = RuleName.Overlay,
            Id = x.Id,
            Version = x.Version,
            Hash = x.Hash,
            EffectiveFrom = x.EffectiveFrom,
            Text = x.Text,
            PublishedAt = x.PublishedAt,
        })];

    private static async Task<string> TitleAsync(CaseDb db, string kind, string id, int version, CancellationToken ct) =>
        RuleText.TitleOf(new RuleName(kind, id), RuleJson.Read(await db.PublishedResources.Where(x => x.Kind == kind && x.Id == id && x.Version == version).Select(x => x.Text).SingleAsync(ct))!);
}

public sealed record RuleLine(RuleName Rule, string Title, int? Version, DateOnly? EffectiveFrom, DateTimeOffset? PublishedAt, DraftItem? Draft);

/// <param name="AskedBy">Null where it came with the software.</param>
public sealed record RuleVersion(
    int Version, string Hash, DateOnly? EffectiveFrom, DateTimeOffset PublishedAt, JsonObject File, string? RequestId, string? Note, string? AskedBy, string? ApprovedBy)
{
    public string? Source => RuleJson.Text(File, "legalReference");
}
