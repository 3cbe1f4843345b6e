using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Definitions;

public sealed class IndexModel(Caller caller) : PageModel
{
    public string Person => caller.Subject;

    public void OnGet() => StudioPage.Allow(HttpContext);
}
