using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class IndexModel(CaseAccessQueries cases, ExplainAccess explain, CaseDatabase database, Caller caller) : PageModel
{
    private const int AtOnce = 50;

    public CaseAccessView View { get; private set; } = null!;
    public WhoHasAccess Who { get; private set; } = null!;
    public IReadOnlyList<PersonWithAccess> People { get; private set; } = [];
    public string? Next { get; private set; }
    public string Agency => caller.Agency;

    /// <summary>All of them, whatever page of names is shown.</summary>
    public int Count => Who.People.Count + Who.Others.Sum(others => others.Count);

    public async Task<IActionResult> OnGetAsync(string urn, string? after, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        await using var db = database.CreateDbContext();
        if (await explain.WhoAsync(db, caller, urn, at: null, ct) is not { } who)
        {
            return NotFound();
        }

        (View, Who) = (view, who);
        var rest = who.People.OrderBy(person => person.Subject, StringComparer.Ordinal).SkipWhile(person => string.CompareOrdinal(person.Subject, after ?? "") <= 0).ToList();
        People = [.. rest.Take(AtOnce)];
        Next = rest.Count > AtOnce ? $"/cases/{view.Urn}/access{QueryString.Create("after", People[^1].Subject)}#who" : null;
        return Page();
    }
}
