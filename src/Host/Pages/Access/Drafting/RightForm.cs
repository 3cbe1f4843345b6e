using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Drafting;

/// <summary>What the forms about drafting rights share: what was typed stays, and a refusal stands beside the field that it is about.</summary>
public abstract class RightForm : PageModel
{
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    protected IActionResult Ended(DraftAnswer answer, string did, IStringLocalizer<PageText> words)
    {
        if (answer is not DraftRefused refused)
        {
            TempData["Did"] = did;
            return Redirect("/access/drafting");
        }

        return refused.Code switch
        {
            AccessCodes.RoleMissing => StatusCode(StatusCodes.Status403Forbidden),
            AccessCodes.NotFound => NotFound(),
            AccessCodes.SamePerson => Refuse(StatusCodes.Status403Forbidden, words, new Fault(null, refused.Message)),
            "person-unknown" => Refuse(StatusCodes.Status422UnprocessableEntity, words, new Fault("person", refused.Message)),
            "owner-unknown" => Refuse(StatusCodes.Status422UnprocessableEntity, words, new Fault("owner", refused.Message)),
            "period-over" => Refuse(StatusCodes.Status422UnprocessableEntity, words, new Fault("until-day", refused.Message)),
            "reason-too-short" => Refuse(StatusCodes.Status422UnprocessableEntity, words, new Fault("reason", "Say why, in at least 20 letters")),
            _ => Refuse(StatusCodes.Status409Conflict, words, new Fault(null, refused.Message)),
        };
    }

    protected PageResult Refuse(int status, IStringLocalizer<PageText> words, params IReadOnlyList<Fault> faults)
    {
        Faults = [.. faults.Select(fault => fault with { Message = words[fault.Message] })];
        ModelState.Clear();
        Response.StatusCode = status;
        return Page();
    }
}
