using System.Globalization;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Why;

/// <summary>Why somebody may or may not do something with a case, now or at a past instant; without a case, what they hold.</summary>
public sealed class IndexModel(AgencyPeople people, ExplainAccess explain, CaseDatabase database, Caller caller, TimeProvider clock) : AccessForm
{
    private static readonly string[] s_asked =
        [AccessActions.ReadCase, AccessActions.CompleteTask, AccessActions.AddAgency, AccessActions.GiveCaseRole, AccessActions.ProtectCase, AccessActions.CloseCaseInError];

    public WhoField Who { get; private set; } = new("person", "Who?");

    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; } = AccessActions.ReadCase;

    [BindProperty(SupportsGet = true)]
    public string? Time { get; set; }

    public DayText On { get; private set; } = DayText.Empty;
    public Explanation? Answer { get; private set; }
    public WhatIsHeld? Held { get; private set; }
    public IReadOnlyList<(string Value, string Label)> Actions { get; } = [.. s_asked.Select(action => (action, AccessWords.May(action)))];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        On = Typed("on");
        Who = Who with { Typed = Person ?? caller.DisplayName, Matches = await people.FindAsync(caller, Person, ct) };
        if (string.IsNullOrWhiteSpace(Person))
        {
            return Page();
        }

        DateTimeOffset? at = On.IsEmpty ? null : When();
        if (Found(at) is { Count: > 0 } faults)
        {
            return Unfit(faults);
        }

        await using var db = database.CreateDbContext();
        if (string.IsNullOrWhiteSpace(Case))
        {
            Held = await explain.WhatAsync(db, caller, Who.Account!, at, ct);
        }
        else
        {
            var action = s_asked.Contains(What) ? What! : AccessActions.ReadCase;
            Answer = await explain.WhyAsync(db, caller, Who.Account!, action, Case.Trim().ToUpperInvariant(), at, ct);
        }

        return Answer is null && Held is null ? Unfit(new Fault("case", "There is no such case, or no such person, that you may ask about")) : Page();
    }

    private List<Fault> Found(DateTimeOffset? at)
    {
        Fault?[] faults =
        [
            Who.Account is null ? new Fault("person", Who.Problem) : null,
            !On.IsEmpty && at is null ? new Fault("on-day", "Enter a day and a time, such as 27 3 2026 and 14:30") : null,
            at > clock.GetUtcNow() ? new Fault("on-day", "Enter a day that is past") : null,
        ];
        return [.. faults.OfType<Fault>()];
    }

    /// <summary>The typed instant in London; the day's last minute where no time was typed.</summary>
    private DateTimeOffset? When()
    {
        var time = new TimeOnly(23, 59);
        if (On.AsDay is not { } day || (!string.IsNullOrWhiteSpace(Time) && !TimeOnly.TryParseExact(Time.Trim(), ["H:mm", "H.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)))
        {
            return null;
        }

        var instant = London.Instant(day, time);
        var now = clock.GetUtcNow();
        return string.IsNullOrWhiteSpace(Time) && instant > now && day == London.Day(now) ? now : instant;
    }
}
