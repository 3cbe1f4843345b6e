using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Several;

/// <summary>A page about the people who were ticked in the list. Somebody else's among them make the whole not found.</summary>
public abstract class SeveralPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    private const int Most = 20;

    [BindProperty(SupportsGet = true, Name = "subject")]
    public List<string> Chosen { get; set; } = [];

    public IReadOnlyList<ChosenPerson> People { get; private set; } = [];

    /// <summary>Null where they were read; else the answer that says why not.</summary>
    protected async Task<IActionResult?> LoadAsync(CancellationToken ct)
    {
        if (Problem() is { } problem)
        {
            AddFault(null, problem);
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        if (await ReadAsync<DirectoryList<ChosenPerson>>("people?limit=100" + string.Concat(Chosen.Select(subject => "&subject=" + Segment(subject))), ct) is not { } found)
        {
            return Refusal;
        }

        People = found.Items;
        return People.Count == Chosen.Count ? null : NotFound();
    }

    private string? Problem() => Chosen.Count switch
    {
        0 => "Choose at least one person in the list. Nothing was changed.",
        > Most => "Choose 20 people at most. Nothing was changed.",
        _ when Chosen.Distinct(StringComparer.Ordinal).Count() != Chosen.Count => "Choose everybody once. Nothing was changed.",
        _ => null,
    };
}
