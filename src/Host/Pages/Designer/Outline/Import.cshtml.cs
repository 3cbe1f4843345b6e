using Assize.Engine.Definitions;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Rules;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Brings in a workflow from a file, of this server or of another Elsa's, as the draft of this one.</summary>
[RequestSizeLimit(RuleUpload.MostSent)]
public sealed class ImportModel(OutlineDrafts drafts, OutlineFiles files, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    private const int MostSaid = 20;
    private readonly Caller _caller = caller;

    public string? FileError => Faults.FirstOrDefault(fault => fault.FieldId == "file")?.Message;

    public Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => ShowEditorAsync(definitionId, () => true, ct);

    public async Task<IActionResult> OnPostAsync(string definitionId, string? revision, IFormFile? file, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        if (Overtaken(revision) is { } overtaken)
        {
            return overtaken;
        }

        var (text, problem) = await RuleUpload.TextAsync(file, ct);
        return text is null ? Refuse(StatusCodes.Status422UnprocessableEntity, [new Fault("file", problem!)]) : await TakeAsync(file!.FileName, text, ct);
    }

    private async Task<IActionResult> TakeAsync(string name, string text, CancellationToken ct)
    {
        try
        {
            return await files.ReplaceAsync(_caller, View, DefinitionReader.Read(text), ct) switch
            {
                DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
                DraftRefused refused => Refuse(StatusCodes.Status409Conflict, refused.Message),
                _ => Done(View.Path, [Words["The draft says what the file says. What it said before stays as your copy, under Versions."]]),
            };
        }
        catch (DefinitionUnreadable unreadable)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, [
                new Fault("file", Words["{0} is no workflow that can be drawn. Nothing was changed. Correct the file and choose it again", name]),
                .. unreadable.Problems.Take(MostSaid).Select(wrong => new Fault("file", $"{wrong.Pointer} {wrong.Message}".Trim()))]);
        }
    }
}
