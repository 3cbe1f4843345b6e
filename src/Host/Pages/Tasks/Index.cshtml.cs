using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Tasks;

public sealed class IndexModel(TaskQueries tasks, Caller caller, BusinessClock clock) : PageModel
{
    public IReadOnlyList<(TaskView View, string Text)> Tabs { get; } =
        [(TaskView.Mine, "My tasks"), (TaskView.Available, "Available to me"), (TaskView.Team, "My agency's")];

    public TaskView View { get; private set; }
    public Page<TaskItem> List { get; private set; } = new([], null);
    public IReadOnlyDictionary<TaskView, string> Counts { get; private set; } = new Dictionary<TaskView, string>();
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    [TempData]
    public string? Did { get; set; }

    [TempData]
    public string? DidTask { get; set; }

    public string Heading => View == TaskView.Team ? "My agency's tasks" : Tabs[(int)View].Text;
    public IHtmlContent? Done => Did is null ? null : Show.Success(Phrases.Of(Did), DidTask is null ? null : ($"/task/{DidTask}", Phrases.Of("See it, or take it back if it was wrong")));
    public string? NextHref => List.Next is null ? null : $"/tasks/{View.ToString().ToLowerInvariant()}?cursor={List.Next}";

    public string Empty => View switch
    {
        TaskView.Mine => "You have taken no tasks. See what is available to you.",
        TaskView.Available => "Nothing waits for your roles at the moment.",
        _ => "Nothing waits for your agency at the moment.",
    };

    public async Task<IActionResult> OnGetAsync(string? view, string? cursor, CancellationToken ct)
    {
        if (!Enum.TryParse(view ?? nameof(TaskView.Mine), ignoreCase: true, out TaskView chosen) || !Enum.IsDefined(chosen))
        {
            return NotFound();
        }

        View = chosen;
        if (await tasks.ListAsync(caller, chosen, cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        Counts = await tasks.CountAsync(caller, ct);
        return Page();
    }
}
