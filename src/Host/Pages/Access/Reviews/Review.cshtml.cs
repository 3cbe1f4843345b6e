using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Reviews;

public sealed class ReviewModel(ReviewQueries reviews, ReviewAccess review, CaseDatabase database, Caller caller, TimeProvider clock) : AccessForm
{
    public ReviewRow Row { get; private set; } = null!;
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    [BindProperty]
    public string? Finding { get; set; }

    /// <summary>It was the asker's own access, so another officer looks at it.</summary>
    public bool IsOwn => Row.Review.Subject == caller.Subject;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        Fault?[] faults =
        [
            Finding is null ? new Fault("finding", "Choose whether it was justified") : null,
            string.IsNullOrWhiteSpace(Reason) ? new Fault("reason", "Say what you found") : null,
        ];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        await using var db = database.CreateDbContext();
        return Ended(await review.RunAsync(db, caller, Posted(), id, Finding!, Reason!, ct), "Your review is kept.", "/access/reviews");
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await reviews.FindAsync(caller, id, ct);
        Row = found!;
        return found is not null;
    }
}
