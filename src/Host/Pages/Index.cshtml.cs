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

    // Somebody without any role is told so where the tasks would be.
    public IActionResult OnGet() => Callers.From(User) is not { } caller ? Page()
        : Redirect($"/{PageAccess.SectionsOf(caller).FirstOrDefault("Tasks").ToLowerInvariant()}");
}
