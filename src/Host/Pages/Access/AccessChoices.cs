using Assize.Host.Components;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Participants;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access;

/// <summary>What forms about access let people choose from.</summary>
public static class AccessChoices
{
    /// <summary>The one that there are cases of.</summary>
    public const string Jurisdiction = "criminal";

    public static IReadOnlyList<Choice> Roles(IStringLocalizer text) =>
        [new Choice("", text["Choose a role"]), .. Workflows.Access.Roles.OfPeople.Where(role => role != Workflows.Access.Roles.ProcessOwner).Select(role => new Choice(role, text[Words.Role(role)]))];

    public static IReadOnlyList<Choice> Classes(IStringLocalizer text) => [.. Classification.Rising.Select(name => new Choice(name, text[AccessWords.Class(name)]))];

    public static IReadOnlyList<Choice> Parts(IStringLocalizer text) => [.. RecordParty.Parts.Select(part => new Choice(part, text[AccessWords.Part(part)]))];

    public static IReadOnlyList<Choice> Categories(IStringLocalizer text) =>
        [.. AccessPolicy.At(DateTimeOffset.UtcNow).ChallengedCategories.Select(category => new Choice(category, text[AccessWords.Category(category)]))];
}
