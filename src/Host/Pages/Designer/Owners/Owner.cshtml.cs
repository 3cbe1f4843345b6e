using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Owners;

/// <summary>To whom something belongs, and where whoever holds the rights of both gives it to another owner, or decides on that.</summary>
public sealed class OwnerModel(OwnerQueries owners, CaseDatabase database, Caller caller) : PageModel
{
    public OwnedItem Item { get; private set; } = null!;
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string Back => RuleName.Parse(Item.Key) is { } rule ? $"/designer/rules/{rule.Kind}/{rule.Id}" : $"/designer/versions/{Item.Key}";

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken ct) => await FindAsync(key, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAskAsync(string key, [FromServices] AskOwnerChange ask, CancellationToken ct)
    {
        if (!await FindAsync(key, ct))
        {
            return NotFound();
        }

        if (DefinitionOwner.Parse(Owner) is not { } to)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("owner", Phrases.Of("Choose to whom it belongs")));
        }

        await using var db = database.CreateDbContext();
        return Ended(await ask.RunAsync(db, caller, key, to, Reason ?? "", ct));
    }

    public async Task<IActionResult> OnPostDecideAsync(string key, string? decision, [FromServices] DecideOwnerChange decide, [FromServices] BusinessClock clock, CancellationToken ct)
    {
        if (!await FindAsync(key, ct))
        {
            return NotFound();
        }

        if (Item.Waiting is not { } waiting || decision is not ("approve" or "refuse"))
        {
            return Refuse(StatusCodes.Status409Conflict, new Fault(null, Phrases.Of("Nothing of this waits for you any more.")));
        }

        await using var db = database.CreateDbContext();
        return Ended(await decide.RunAsync(db, caller, waiting.Id, decision == "approve", ct, clock.GetUtcNow()));
    }

    private IActionResult Ended(DraftAnswer answer)
    {
        if (answer is not DraftRefused refused)
        {
            TempData["Did"] = ((OwnerChangeKept)answer).Change.State switch
            {
                OwnerChangeState.Made => Phrases.Of("It belongs to its new owner now."),
                OwnerChangeState.Refused => Phrases.Of("It stays with its owner."),
                _ => Phrases.Of("You asked that it change hands. Another process owner, who holds both rights, decides."),
            };
            return Redirect($"/designer/owners/{Item.Key}");
        }

        return refused.Code switch
        {
            AccessCodes.RoleMissing or DraftingRights.Missing => Refuse(StatusCodes.Status403Forbidden, new Fault(null, refused.Message)),
            AccessCodes.NotFound => NotFound(),
            "reason-too-short" => Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", Phrases.Of("Say why, in at least 20 letters"))),
            _ => Refuse(StatusCodes.Status409Conflict, [new Fault(null, refused.Message), .. refused.Problems.Select(problem => new Fault(null, problem.Message))]),
        };
    }

    private PageResult Refuse(int status, params IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> FindAsync(string key, CancellationToken ct)
    {
        var found = await owners.FindAsync(caller, key, ct);
        Item = found!;
        return found is not null;
    }
}
