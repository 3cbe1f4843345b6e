using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access;

/// <summary>
/// A page that ends in a command about access. Its request id is drawn when it is shown, so a second click repeats the first;
/// what was typed stays, and a refusal is said beside the field that it is about.
/// </summary>
public abstract class AccessForm : PageModel
{
    private string _requestId = Guid.NewGuid().ToString("n");

    public string RequestId => _requestId;

    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What the form would change, where that is shown before it is sent.</summary>
    public SimulatedAccess? Change { get; protected set; }

    /// <summary>Whether the form is shown once more to be saved.</summary>
    public bool IsRehearsed { get; private set; }

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    /// <summary>The id that the shown page carried; a new one where it carried none that could be its.</summary>
    protected string Posted()
    {
        if (Request.Form["request"].ToString() is { Length: > 0 and <= 64 } posted && posted.All(char.IsAsciiLetterOrDigit))
        {
            _requestId = posted;
        }

        return _requestId;
    }

    /// <summary>What it would change, before it is saved.</summary>
    protected PageResult Shows(SimulatedAccess? change)
    {
        (Change, IsRehearsed) = (change, true);
        ModelState.Clear();
        return Page();
    }

    protected IActionResult Ended(CommandAnswer answer, string did, string to)
    {
        if (answer is Completed)
        {
            TempData["Did"] = did;
            return Redirect(to);
        }

        AskAnew();
        return answer switch
        {
            Refused { Code: AccessCodes.NotFound or AccessCodes.NoStanding or "unit-not-found" } => NotFound(),
            Refused { Code: AccessCodes.RoleMissing or AccessCodes.NoGrant } => StatusCode(StatusCodes.Status403Forbidden),
            Refused refused => Refuse(AccessRefusals.Status(refused), AccessRefusals.Say(refused)),
            _ => Refuse(StatusCodes.Status409Conflict, new Fault(null, "This page was used before. Check what you entered and send it again.")),
        };
    }

    /// <summary>A refusal is its id's answer from then on; whoever tries again needs another.</summary>
    protected void AskAnew() => _requestId = Guid.NewGuid().ToString("n");

    protected PageResult Refuse(int status, params IReadOnlyList<Fault> faults)
    {
        Faults = [.. faults.Select(fault => fault with { Message = Text[fault.Message] })];
        ModelState.Clear();
        Response.StatusCode = status;
        return Page();
    }

    protected PageResult Unfit(params IReadOnlyList<Fault> faults) => Refuse(StatusCodes.Status422UnprocessableEntity, faults);

    /// <summary>Null where a reason is given that is long enough for the audit log.</summary>
    protected Fault? ReasonFault() => (Reason ?? "").Count(letter => !char.IsWhiteSpace(letter)) >= AccessPolicy.At(DateTimeOffset.UtcNow).ReasonLeastCharacters
        ? null
        : new Fault("reason", "Say why, in at least 20 letters");

    protected IStringLocalizer<PageText> Text => HttpContext.RequestServices.GetRequiredService<IStringLocalizer<PageText>>();

    protected DayText Typed(string name)
    {
        string? Part(string part) => Request.HasFormContentType ? Request.Form[$"{name}-{part}"] : Request.Query[$"{name}-{part}"];
        return new DayText(Part("day"), Part("month"), Part("year"));
    }
}
