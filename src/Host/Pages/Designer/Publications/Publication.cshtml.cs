using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Compare;
using Assize.Host.Pages.Designer.Overlays;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>What a second person looks at before a version is published, and where they decide.</summary>
public sealed class PublicationModel(DefinitionQueries definitions, DraftQueries drafts, RuleQueries rules, PublicationRun run, Caller caller) : PageModel
{
    private const int LongestReason = 2000;

    public PublicationRequest Asked { get; private set; } = null!;
    public ReleaseTerms Terms { get; private set; } = ReleaseTerms.Usual;

    /// <summary>As it is today; a decided request is not looked at again.</summary>
    public Verification? Checks { get; private set; }

    /// <summary>Null where it is no workflow.</summary>
    public WorkflowDefinition? Drawn { get; private set; }

    /// <summary>Null where it is a workflow.</summary>
    public RuleAsked? Rule { get; private set; }
    public PublishedVersion? Before { get; private set; }
    public IReadOnlyList<DefinitionChange> Changes { get; private set; } = [];
    public ChangesPicture? Picture { get; private set; }
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>By whichever account of theirs.</summary>
    public bool HasAsked { get; private set; }
    public bool HasApproved { get; private set; }
    public bool CanDecide => Asked.State == PublicationState.Waiting && !HasAsked && !HasApproved;

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

        (Reason, ReasonError) = (reason, Phrases.Of("Say why, in at most {0} characters", LongestReason));
        return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
    }

    public async Task<IActionResult> OnPostRehearseAsync(string id, [FromServices] RehearsalRun rehearsal, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Drawn is not { } drawn)
        {
            return NotFound();
        }

        return await rehearsal.BeginAsync(caller, drawn, ct) switch
        {
            { Id: { } begun } => Redirect($"/designer/rehearsals/{begun}"),
            { Code: AccessCodes.RoleMissing or DraftingRights.Missing } => StatusCode(StatusCodes.Status403Forbidden),
            { Message: var message } => Refuse(StatusCodes.Status409Conflict, new Fault(null, message!)),
        };
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
            case DraftRefused { IsDenied: true }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                return Refuse(StatusCodes.Status409Conflict, [new Fault(null, refused.Message), .. refused.Problems.Select(problem => new Fault(null, problem.Message))]);
            default:
                TempData["Did"] = Asked.State switch
                {
                    PublicationState.Approved => Phrases.Of("Version {0} of ‘{1}’ is published.", Asked.Version, Asked.Name),
                    PublicationState.Waiting => Phrases.Of("Your approval is kept. Another process owner has to approve it as well."),
                    _ => Phrases.Of("The publication is refused, with your reason."),
                };
                return Redirect("/designer/publications");
        }
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        if (await drafts.RequestAsync(id, caller, ct) is not { } asked)
        {
            return false;
        }

        Asked = asked;
        HasAsked = await drafts.AreOneAsync(caller.Subject, asked.RequestedBy, ct);
        HasApproved = asked.FirstApprovedBy is { } first && await drafts.AreOneAsync(caller.Subject, first, ct);
        Checks = asked.State == PublicationState.Waiting ? await run.VerifyAsync(asked, ct) : null;
        if (RuleName.Parse(asked.DefinitionId) is { } rule)
        {
            Rule = await RuleAskedAsync(rule, asked, ct);
            return true;
        }

        (Drawn, Terms) = (DefinitionReader.Read(asked.Text), ReleaseTerms.Read(asked.Terms));
        Before = (await definitions.ListAsync(ct)).Where(row => row.Id == asked.DefinitionId && row.Version < asked.Version && row.RetractedAt is null).MaxBy(row => row.Version);
        if (Before is not null)
        {
            var older = (await definitions.FindAsync(Before.Id, Before.Version, ct))!.Definition;
            Changes = DefinitionDiff.Between(older, Drawn, CaseActivities.Table.Catalog);
            Picture = new ChangesPicture(older, Drawn, Changes);
        }

        return true;
    }

    private async Task<RuleAsked> RuleAskedAsync(RuleName rule, PublicationRequest asked, CancellationToken ct)
    {
        var file = RuleJson.Read(asked.Text)!;
        var before = (await rules.VersionsAsync(rule, ct)).FirstOrDefault(version => version.Version < asked.Version);
        // What came with the software is what the first version of a code list changes.
        var older = before?.File ?? (asked.State == PublicationState.Waiting ? await rules.NewestAsync(rule, ct) : null);
        return new RuleAsked(rule, file, before?.Version, older is null ? [] : RuleDiff.Between(rule.Kind, older, file))
        {
            Overlaid = rule.Kind == RuleName.Overlay ? await OverlayView.OfAsync(asked.Text, definitions, ct) : null,
        };
    }

    private PageResult Refuse(int status, params IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }
}

/// <param name="Before">The version before it; null for the first.</param>
public sealed record RuleAsked(RuleName Rule, JsonObject File, int? Before, IReadOnlyList<string> Changes)
{
    /// <summary>Of an overlay: what its workflow is with it.</summary>
    public OverlayView? Overlaid { get; init; }
}
