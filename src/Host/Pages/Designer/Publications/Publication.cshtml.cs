using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Compare;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>What a second person looks at before a version is published, and where they decide.</summary>
public sealed class PublicationModel(DefinitionQueries definitions, DraftQueries drafts, PublicationRun run, Caller caller) : PageModel
{
    private const int LongestReason = 2000;

    public PublicationRequest Asked { get; private set; } = null!;
    public ReleaseTerms Terms { get; private set; } = ReleaseTerms.Usual;

    /// <summary>As it is today; a decided request is not looked at again.</summary>
    public Verification? Checks { get; private set; }
    public WorkflowDefinition Drawn { get; private set; } = null!;
    public PublishedVersion? Before { get; private set; }
    public IReadOnlyList<DefinitionChange> Changes { get; private set; } = [];
    public ChangesPicture? Picture { get; private set; }
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public bool HasApproved => Asked.FirstApprovedBy == caller.Subject;
    public bool CanDecide => Asked.State == PublicationState.Waiting && Asked.RequestedBy != caller.Subject && !HasApproved;

    /// <summary>True where an approval is not enough, and the next would be the first.</summary>
    public bool IsFirstOfTwo => !Asked.IsRelease && Checks?.NeedsAnotherApprover == true && Asked.FirstApprovedBy is null;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostApproveAsync(string id, string? hash, CancellationToken ct) =>
        DecideAsync(id, () => run.ApproveAsync(caller, id, hash ?? "", ct), ct);

    public async Task<IActionResult> OnPostRefuseAsync(string id, string? reason, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(reason) && reason.Length <= LongestReason)
        {
            return await DecideAsync(id, () => run.RefuseAsync(caller, id, reason.Trim(), ct), ct);
        }

        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        (Reason, ReasonError) = (reason, $"Say why, in at most {LongestReason} characters");
        return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
    }

    private async Task<IActionResult> DecideAsync(string id, Func<Task<DraftAnswer>> command, CancellationToken ct)
    {
        var answer = await command();
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        switch (answer)
        {
            case DraftRefused { Code: AccessCodes.RoleMissing }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                return Refuse(StatusCodes.Status409Conflict, [new Fault(null, refused.Message), .. refused.Problems.Select(problem => new Fault(null, problem.Message))]);
            default:
                TempData["Did"] = Asked.State switch
                {
                    PublicationState.Approved => $"Version {Asked.Version} of ‘{Asked.Name}’ is published.",
                    PublicationState.Waiting => "Your approval is kept. Another process owner has to approve it as well.",
                    _ => "The publication is refused, with your reason.",
                };
                return Redirect("/designer/publications");
        }
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        if (await drafts.RequestAsync(id, ct) is not { } asked)
        {
            return false;
        }

        (Asked, Drawn, Terms) = (asked, DefinitionReader.Read(asked.Text), ReleaseTerms.Read(asked.Terms));
        Checks = asked.State == PublicationState.Waiting ? await run.VerifyAsync(Drawn, ct) : null;
        Before = (await definitions.ListAsync(ct)).Where(row => row.Id == asked.DefinitionId && row.Version < asked.Version && row.RetractedAt is null).MaxBy(row => row.Version);
        if (Before is not null)
        {
            var older = (await definitions.FindAsync(Before.Id, Before.Version, ct))!.Definition;
            Changes = DefinitionDiff.Between(older, Drawn, CaseActivities.Table.Catalog);
            Picture = new ChangesPicture(older, Drawn, Changes);
        }

        return true;
    }

    private PageResult Refuse(int status, params IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }
}
