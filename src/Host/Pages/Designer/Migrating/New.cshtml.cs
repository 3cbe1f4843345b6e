using Assize.Engine.Rehearsing;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>The plan of a migration: what the rehearsal found, and what somebody decides about the steps that differ.</summary>
public sealed class NewModel(RehearsalQueries rehearsals, DraftQueries drafts, MigrationRun run, Caller caller) : PageModel
{
    public RehearsalView View { get; private set; } = null!;
    public IReadOnlyList<RehearsalReason> Reasons { get; private set; } = [];
    public MappingForm Typed { get; private set; } = new(null, null, null, null, null);
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public async Task<IActionResult> OnGetAsync(string? rehearsal, CancellationToken ct) =>
        !await FindAsync(rehearsal, ct) ? NotFound()
        : (await drafts.ReachAsync(caller, ct)).MayDraft(View.Rehearsal.DefinitionId) ? Page()
        : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(
        string? rehearsal, string? renamed, string? passed, [FromForm(Name = "left-undone")] string? leftUndone, string? begun, string? withdrawn, CancellationToken ct)
    {
        if (!await FindAsync(rehearsal, ct))
        {
            return NotFound();
        }

        Typed = new MappingForm(renamed, passed, leftUndone, begun, withdrawn);
        List<Fault> faults = [];
        var mapping = Typed.Read(faults);
        if (faults.Count > 0)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, faults);
        }

        return await run.BeginAsync(caller, View.Rehearsal.Id, mapping, ct) switch
        {
            { Id: { } begunId } => Redirect($"/designer/migrations/{begunId}"),
            { Code: AccessCodes.RoleMissing or DraftingRights.Missing } => StatusCode(StatusCodes.Status403Forbidden),
            { Code: "mapping-invalid", Problems: var problems } => Refuse(StatusCodes.Status422UnprocessableEntity, [.. problems.Select(problem => new Fault(null, problem))]),
            { Message: var message } => Refuse(StatusCodes.Status409Conflict, [new Fault(null, message!)]),
        };
    }

    private async Task<bool> FindAsync(string? id, CancellationToken ct)
    {
        if (id is null || await rehearsals.FindAsync(id, ct) is not { } found)
        {
            return false;
        }

        (View, Reasons) = (found, await rehearsals.ReasonsAsync(id, (int)RehearsalClass.NeedsMapping, ct));
        return true;
    }

    private PageResult Refuse(int status, IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }
}
