using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Drafting;

/// <summary>Asks for a right: whose, for what, from when and why.</summary>
public sealed class NewModel(DraftingRightQueries rights, AskDraftingRight ask, CaseDatabase database, Caller caller, IStringLocalizer<PageText> words) : RightForm
{
    public DraftingRightChoices Choices { get; private set; } = new([], []);
    public string? Person { get; private set; }
    public string? Owner { get; private set; }
    public DayText From { get; private set; } = DayText.Empty;
    public DayText Until { get; private set; } = DayText.Empty;

    public IEnumerable<Choice> People => Choices.People.Select(person => new Choice(person.Subject, person.Name)).Prepend(new Choice("", words["Choose a person"]));

    public async Task OnGetAsync(CancellationToken ct) => Choices = await rights.ChoicesAsync(caller, ct);

    public async Task<IActionResult> OnPostAsync(string? person, string? owner, CancellationToken ct)
    {
        Choices = await rights.ChoicesAsync(caller, ct);
        (Person, Owner, From, Until) = (person, owner, Day("from"), Day("until"));
        var belongs = DefinitionOwner.Parse(owner);
        Fault?[] faults =
        [
            string.IsNullOrEmpty(person) ? new Fault("person", "Choose a person") : null,
            belongs is null ? new Fault("owner", "Choose to whom it belongs") : null,
            !From.IsEmpty && From.AsDay is null ? new Fault("from-day", "Enter a day, such as 27 3 2027, or leave it empty") : null,
            !Until.IsEmpty && Until.AsDay is null ? new Fault("until-day", "Enter a day, such as 27 3 2027, or leave it empty") : null,
        ];
        if (faults.OfType<Fault>().ToList() is { Count: > 0 } wrong)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, words, [.. wrong]);
        }

        await using var db = database.CreateDbContext();
        var asked = new DraftingRightAsked(person!, belongs!, From.AsDay ?? London.Day(DateTimeOffset.UtcNow), Until.AsDay, Reason ?? "");
        return Ended(await ask.RunAsync(db, caller, asked, ct), "You asked for the right. Another administrator decides.", words);
    }

    private DayText Day(string name) => new(Request.Form[$"{name}-day"], Request.Form[$"{name}-month"], Request.Form[$"{name}-year"]);
}
