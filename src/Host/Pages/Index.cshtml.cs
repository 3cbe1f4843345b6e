using Assize.Host.Access;
using Assize.Host.Operations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages;

[AllowAnonymous]
public sealed class IndexModel(HostSettings settings) : PageModel
{
    public bool IsDemonstration => settings.IsDemonstration;

    public IActionResult OnGet() => Callers.From(User) is null ? Page() : Redirect("/tasks");
}
