using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Audit;

/// <summary>Looks things up in the identity server's log of the agency's accounts; the server asks for itself who may.</summary>
public sealed class AccountRecordsModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    public DayText From { get; private set; } = DayText.Empty;
    public DayText To { get; private set; } = DayText.Empty;
    public IReadOnlyList<AccountRecord> Items { get; private set; } = [];
    public string? Next { get; private set; }

    public IReadOnlyList<Choice> Choices => [new("", Text["Everything"]), .. AccountWords.Actions.Select(action => new Choice(action.Key, Text[action.Value]))];

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken ct)
    {
        (From, To) = (Typed("from"), Typed("to"));
        foreach (var (name, typed) in new[] { ("from", From), ("to", To) })
        {
            if (!typed.IsEmpty && typed.AsDay is null)
            {
                AddFault(name + "-day", "Enter a day, such as 27 3 2026");
            }
        }

        if (Faults.Count > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var query = new QueryString().Add("person", Person ?? "");
        query = string.IsNullOrEmpty(What) ? query : query.Add("action", What);
        query = From.AsDay is { } from ? query.Add("from", Instant(from)) : query;
        query = To.AsDay is { } to ? query.Add("to", Instant(to.AddDays(1))) : query;
        query = after is null ? query : query.Add("after", after);
        if (await ReadAsync<DirectoryList<AccountRecord>>("audit/entries" + query, ct) is not { } list)
        {
            return Refusal;
        }

        Items = list.Items;
        Next = list.After is null ? null : "/access/audit/accounts" + new QueryString().Add("person", Person ?? "").Add("what", What ?? "").Add(Query(From, "from")).Add(Query(To, "to")).Add("after", list.After);
        return Page();
    }

    private static string Instant(DateOnly day) => London.Midnight(day).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private DayText Typed(string name) => new(Request.Query[$"{name}-day"], Request.Query[$"{name}-month"], Request.Query[$"{name}-year"]);

    private static QueryString Query(DayText typed, string name) => typed.IsEmpty ? QueryString.Empty
        : new QueryString().Add($"{name}-day", typed.Day ?? "").Add($"{name}-month", typed.Month ?? "").Add($"{name}-year", typed.Year ?? "");
}
