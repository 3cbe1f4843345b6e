using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Drafts, the copies kept for people, and requests for publication.</summary>
public sealed class DraftQueries(CaseDatabase database, DraftingRights rights)
{
    private const int LongestList = 200;

    private static readonly Expression<Func<WorkflowDraft, bool>> s_isWorkflow = draft =>
        !draft.DefinitionId.StartsWith("form:") && !draft.DefinitionId.StartsWith("table:") && !draft.DefinitionId.StartsWith("calendar:") && !draft.DefinitionId.StartsWith("list:")
        && !draft.DefinitionId.StartsWith("overlay:");

    /// <summary>By which Studio, and Elsa's server, know a file as a definition: a file without it is not taken in.</summary>
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    /// <summary>Null where there is none, or the caller's rights do not show it.</summary>
    public async Task<WorkflowDraft?> FindAsync(string definitionId, Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return RuleName.Parse(definitionId) is null ? await rights.Drafts(db, caller).AsNoTracking().SingleOrDefaultAsync(draft => draft.DefinitionId == definitionId, ct) : null;
    }

    /// <summary>What the caller may draft.</summary>
    public async Task<DraftingReach> ReachAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.ReachAsync(db, caller, ct);
    }

    /// <summary>All drafts of workflows that the caller may see; of each workflow there is one at the most.</summary>
    public async Task<IReadOnlyList<DraftItem>> ListAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.Drafts(db, caller).AsNoTracking().Where(s_isWorkflow).OrderBy(draft => draft.DefinitionId)
            .Select(draft => new DraftItem(draft.DefinitionId, draft.Version, draft.Name, draft.SavedByName, draft.SavedAt)).ToListAsync(ct);
    }

    /// <summary>For whomever it is: who may see it was asked before.</summary>
    internal async Task<WorkflowDraft?> AnyAsync(string definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Drafts.AsNoTracking().Where(s_isWorkflow).SingleOrDefaultAsync(draft => draft.DefinitionId == definitionId, ct);
    }

    /// <summary>What tells the text of each draft that the caller may see from any other text of it: a draft that was begun again counts its saves from one.</summary>
    public async Task<IReadOnlyList<(string DefinitionId, string Mark)>> MarksAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var saved = await rights.Drafts(db, caller).AsNoTracking().Where(s_isWorkflow).Select(draft => new { draft.DefinitionId, draft.StartedAt, draft.Revision }).ToListAsync(ct);
        return [.. saved.Select(draft => (draft.DefinitionId, FormattableString.Invariant($"{draft.StartedAt.UtcTicks}.{draft.Revision}")))];
    }

    /// <summary>Those that wait first, then the newest decided ones, of what the caller's rights reach or they asked for.</summary>
    public async Task<IReadOnlyList<PublicationRequest>> RequestsAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.Requests(db, caller).AsNoTracking()
            .OrderByDescending(request => request.State == PublicationState.Waiting).ThenByDescending(request => request.RequestedAt)
            .Take(LongestList).ToListAsync(ct);
    }

    public async Task<PublicationRequest?> RequestAsync(string id, Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.Requests(db, caller).AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, ct);
    }

    /// <summary>True where both are accounts of one person.</summary>
    public async Task<bool> AreOneAsync(string subject, string other, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await Humans.AreOneAsync(db, subject, other, ct);
    }

    /// <summary>By version, the request by which it was published; what came with the software has none.</summary>
    public async Task<IReadOnlyDictionary<int, PublicationRequest>> ApprovedAsync(string definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await db.PublicationRequests.AsNoTracking().Where(request => request.DefinitionId == definitionId && request.State == PublicationState.Approved && !request.IsRelease)
            .ToListAsync(ct)).GroupBy(request => request.Version).ToDictionary(group => group.Key, group => group.MaxBy(request => request.DecidedAt)!);
    }

    public async Task<DraftCopy?> CopyAsync(string definitionId, string subject, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<DraftCopy>().AsNoTracking().SingleOrDefaultAsync(copy => copy.DefinitionId == definitionId && copy.SavedBy == subject, ct);
    }

    /// <summary>The workflows of which somebody has a copy.</summary>
    public async Task<IReadOnlyList<string>> CopiedAsync(string subject, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<DraftCopy>().Where(copy => copy.SavedBy == subject && !EF.Functions.Like(copy.DefinitionId, "%:%")).OrderBy(copy => copy.DefinitionId)
            .Select(copy => copy.DefinitionId).Take(LongestList).ToListAsync(ct);
    }

    public async Task<bool> IsNameFreeAsync(string name, string? definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return !await db.Drafts.Where(s_isWorkflow).AnyAsync(draft => draft.Name == name && draft.DefinitionId != definitionId, ct)
            && !await db.Set<DefinitionRow>().AnyAsync(row => row.Name == name && row.Id != definitionId, ct);
    }

    /// <summary>An id made of the name, free here: file names and addresses are made of it.</summary>
    public async Task<string> NewIdAsync(string name, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await FreeAsync(Stem(name, "workflow"), async id => await db.Drafts.AnyAsync(draft => draft.DefinitionId == id, ct) || await db.Set<DefinitionRow>().AnyAsync(row => row.Id == id, ct));
    }

    /// <summary>The same for a form, decision table, calendar or code list.</summary>
    public async Task<string> NewRuleIdAsync(string kind, string name, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await FreeAsync(Stem(name, kind), async id =>
            await db.Drafts.AnyAsync(draft => draft.DefinitionId == kind + ":" + id, ct) || await db.PublishedResources.AnyAsync(row => row.Kind == kind && row.Id == id, ct));
    }

    private static string Stem(string name, string otherwise)
    {
        var words = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            _ = char.IsAsciiLetterOrDigit(letter) ? words.Append(letter) : words.Length > 0 && words[^1] != '-' ? words.Append('-') : words;
        }

        return words.ToString().Trim('-') is { Length: > 0 } slug ? slug[..Math.Min(slug.Length, 60)].Trim('-') : otherwise;
    }

    private static async Task<string> FreeAsync(string stem, Func<string, Task<bool>> isTaken)
    {
        var id = stem;
        for (var number = 2; await isTaken(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }

        return id;
    }

    /// <summary>A version as a file: a published one exactly as it was published, a draft as it was saved; and the name of its schema where that is missing.</summary>
    /// <param name="versionOptions">A number, or anything else for the draft, and where there is none the newest published version.</param>
    public async Task<(string Text, int Version)?> ExportAsync(string definitionId, string? versionOptions, Caller caller, CancellationToken ct)
    {
        int? version = int.TryParse(versionOptions, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        await using var db = database.CreateDbContext();
        var draft = await rights.Drafts(db, caller).AsNoTracking().SingleOrDefaultAsync(draft => draft.DefinitionId == definitionId && (version == null || draft.Version == version), ct);
        if (draft is not null)
        {
            return (AsFile(DefinitionReader.Read(draft.Text)), draft.Version);
        }

        var row = await db.Set<DefinitionRow>().AsNoTracking().Where(row => row.Id == definitionId && (version == null || row.Version == version))
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(ct);
        return row is null ? null : (DefinitionReader.Read(row.Text) is var published && published.Json.ContainsKey("$schema") ? row.Text : AsFile(published), row.Version);
    }

    private static string AsFile(WorkflowDefinition definition)
    {
        if (!definition.Json.ContainsKey("$schema"))
        {
            definition.Json.Insert(0, "$schema", Schema);
        }

        return DefinitionWriter.Write(definition);
    }
}

public sealed record DraftItem(string DefinitionId, int Version, string Name, string SavedByName, DateTimeOffset SavedAt);
