using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Problem;

[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class IndexModel : PageModel
{
    public string Heading { get; private set; } = "";
    public IReadOnlyList<string> Lines { get; private set; } = [];
    public string? Trace { get; private set; }

    public void OnGet(int status)
    {
        (string Heading, IReadOnlyList<string> Lines) said = status switch
        {
            400 => ("We could not read that", ["Nothing was changed.", "Go back, check what you entered and try again. If you were signing in, start again."]),
            403 => ("You cannot do this", ["Your agency and role do not allow it. Nothing was changed.", "If you need it for your work, ask whoever looks after roles in your agency."]),
            404 => ("Page not found", ["There is nothing here, or nothing that you may see.", "If you typed the address, check that it is right."]),
            405 => ("This address cannot be used like that", ["Nothing was changed."]),
            413 => ("That was too large", ["Nothing was kept. Send less at once."]),
            429 => ("Too many requests", ["Nothing was changed.", "Wait a few seconds and try again."]),
            _ => ("Sorry, something went wrong", ["Nothing was changed by what you did last.", "Try again in a moment."]),
        };
        (Heading, Lines) = said;
        Trace = status >= StatusCodes.Status500InternalServerError ? Activity.Current?.TraceId.ToString() : null;
        Response.StatusCode = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
    }
}
