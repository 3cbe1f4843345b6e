using Assize.Audit;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Audit;

public sealed class IndexModel(AuditQueries audit, Caller caller) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    public DayText From { get; private set; } = DayText.Empty;
    public DayText To { get; private set; } = DayText.Empty;
    public string? FromError { get; private set; }
    public string? ToError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public Page<AuditItem> List { get; private set; } = new([], null);
    public string? Next { get; private set; }
    public AuditStream? Stream { get; private set; }

    /// <summary>Assize's own log, for whoever runs the platform.</summary>
    public AuditStream? Servers { get; private set; }
    public bool HasServers { get; private set; }
    public IReadOnlyList<string> Witnessed { get; private set; } = [];
    public string Agency => caller.Agency;

    public IReadOnlyList<Choice> Choices { get; } =
        [new Choice("", "Everything"), .. AuditWords.Actions.Select(action => new Choice(action.Key, action.Value))];

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        (From, To) = (Typed("from"), Typed("to"));
        DateOnly? from = From.AsDay, to = To.AsDay;
        FromError = !From.IsEmpty && from is null ? "Enter a day, such as 27 3 2026" : null;
        ToError = !To.IsEmpty && to is null ? "Enter a day, such as 27 3 2026" : null;
        Faults = [.. new[] { FromError is null ? null : new Fault("from-day", FromError), ToError is null ? null : new Fault("to-day", ToError) }.OfType<Fault>()];
        Stream = await audit.StreamAsync(caller, caller.Agency, ct);
        HasServers = await audit.OwnsAsync(caller, AuditStream.Assize, ct);
        Servers = await audit.StreamAsync(caller, AuditStream.Assize, ct);
        Witnessed = await audit.WitnessedAsync(caller, ct);
        if (Faults.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (await audit.ListAsync(caller, new AuditSearch(Person, What, Case, from, to), cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        Next = page.Next is null ? null : "/access/audit" + new QueryString().Add("person", Person ?? "").Add("case", Case ?? "").Add("what", What ?? "")
            .Add(Query(From, "from")).Add(Query(To, "to")).Add("cursor", page.Next);
        return Page();
    }

    private DayText Typed(string name) => new(Request.Query[$"{name}-day"], Request.Query[$"{name}-month"], Request.Query[$"{name}-year"]);

    private static QueryString Query(DayText typed, string name) => typed.IsEmpty ? QueryString.Empty
        : new QueryString().Add($"{name}-day", typed.Day ?? "").Add($"{name}-month", typed.Month ?? "").Add($"{name}-year", typed.Year ?? "");
}
