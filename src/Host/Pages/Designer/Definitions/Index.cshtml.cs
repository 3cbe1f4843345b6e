using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Definitions;

public sealed class IndexModel : PageModel
{
    public void OnGet() => StudioPage.Allow(HttpContext);
}
