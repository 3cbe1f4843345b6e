using System.Text;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>One of them: its versions with their source and first legal day, what each changed, and the ways to the next.</summary>
[RequestSizeLimit(RuleUpload.MostSent)]
public sealed class FileModel(RuleQueries rules, RuleRun run, RuleChecking checking, Caller caller, BusinessClock clock) : RulePages(rules, caller)
{
    public DraftCopy? Copy { get; private set; }
    public IReadOnlyList<RuleVersionLine> Versions { get; private set; } = [];
    public bool IsShipped { get; private set; }
    public string? FileError { get; private set; }
    public string? TableError { get; private set; }

    /// <summary>The version that a case takes whose earliest charge is of today.</summary>
    public int? Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string kind, string id, CancellationToken ct) => await FindAsync(kind, id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCopyAsync(string kind, string id, CancellationToken ct) =>
        RuleName.Of(kind, id) is { } rule && await Queries.CopyAsync(rule, Caller.Subject, ct) is { } copy ? Json(copy.Text, $"{id}-copy.json") : NotFound();

    public async Task<IActionResult> OnGetExportAsync(string kind, string id, int version, CancellationToken ct) =>
        RuleName.Of(kind, id) is { } rule && await Queries.TextAsync(rule, version, ct) is { } text ? Json(text, $"{id}-{version}.json") : NotFound();

    public Task<IActionResult> OnPostBeginAsync(string kind, string id, CancellationToken ct) => DoAsync(kind, id, async () =>
        await run.SaveAsync(Caller, Rule, (await Queries.NewestAsync(Rule, ct))!, Draft?.Revision, ct), ct);

    public Task<IActionResult> OnPostRevertAsync(string kind, string id, int version, CancellationToken ct) =>
        DoAsync(kind, id, () => run.RevertAsync(Caller, Rule, version, ct), ct);

    public Task<IActionResult> OnPostDiscardAsync(string kind, string id, CancellationToken ct) => DoAsync(kind, id, () => checking.DiscardAsync(Caller, Rule, ct), ct);

    public async Task<IActionResult> OnPostImportAsync(string kind, string id, int? revision, IFormFile? file, CancellationToken ct)
    {
        if (!await FindAsync(kind, id, ct))
        {
            return NotFound();
        }

        if (!MayDraft)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var (sent, problem) = await RuleUpload.ReadAsync(file, ct);
        if (problem is not null)
        {
            FileError = problem;
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("file", problem));
        }

        return await DoAsync(kind, id, () => run.ReplaceAsync(Caller, Rule, sent!, revision, ct), ct);
    }

    /// <summary>A code list as a table with commas, read as long work.</summary>
    public async Task<IActionResult> OnPostUploadAsync(string kind, string id, int? revision, IFormFile? table, CancellationToken ct)
    {
        if (!await FindAsync(kind, id, ct) || kind != RuleName.List)
        {
            return NotFound();
        }

        var (text, problem) = await RuleUpload.TextAsync(table, ct);
        var (operation, code, refusal) = problem is null ? await run.UploadAsync(Caller, Rule, revision, text!, ct) : (null, null, problem);
        if (code is AccessCodes.RoleMissing or DraftingRights.Missing)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        TableError = refusal;
        return operation is null ? Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("table", refusal!)) : Redirect($"/operations/{operation.Id}");
    }

    private async Task<IActionResult> DoAsync(string kind, string id, Func<Task<DraftAnswer>> command, CancellationToken ct)
    {
        if (!await FindAsync(kind, id, ct))
        {
            return NotFound();
        }

        return await command() switch
        {
            DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
            DraftRefused refused => Refuse(refused),
            DraftDiscarded when Versions.Count == 0 && !IsShipped => Did(Phrases.Of("The draft is discarded. What it said stays as your copy."), $"/designer/rules#{kind}"),
            DraftDiscarded => Did(Phrases.Of("The draft is discarded. What it said stays as your copy."), Path),
            _ => Redirect($"{Path}/draft"),
        };
    }

    private async Task<bool> FindAsync(string kind, string id, CancellationToken ct)
    {
        if (!await NamesAsync(kind, id, ct))
        {
            return false;
        }

        var versions = await Queries.VersionsAsync(Rule, ct);
        var shipped = versions.Count == 0 ? await Queries.NewestAsync(Rule, ct) : null;
        IsShipped = shipped is not null;
        Versions = [.. versions.Select((version, index) => new RuleVersionLine(
            version, index + 1 < versions.Count ? RuleDiff.Between(kind, versions[index + 1].File, version.File) : []))];
        var today = London.Day(clock.GetUtcNow());
        Today = versions.FirstOrDefault(version => version.EffectiveFrom is null || version.EffectiveFrom <= today)?.Version;
        Title = Draft?.Name ?? RuleJson.Text(versions.Count > 0 ? versions[0].File : shipped ?? [], "title.en") ?? id;
        Copy = await Queries.CopyAsync(Rule, Caller.Subject, ct);
        return versions.Count > 0 || IsShipped || Draft is not null;
    }

    private FileContentResult Json(string text, string name) => File(Encoding.UTF8.GetBytes(text), "application/json", name);
}

/// <param name="Changes">From the version before; empty for the first.</param>
public sealed record RuleVersionLine(RuleVersion Version, IReadOnlyList<string> Changes);
