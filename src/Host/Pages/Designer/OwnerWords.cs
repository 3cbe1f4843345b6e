using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Drafting.Rights;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer;

/// <summary>To whom definitions belong, as pages say it.</summary>
public static class OwnerWords
{
    public static string Of(DefinitionOwner owner, IStringLocalizer<PageText> words) =>
        owner.Agency is { } agency ? words["Agency: {0}", agency]
        : owner.Area is { } area ? words["Area: {0}", area]
        : words["National baseline"];

    public static IEnumerable<Choice> Choices(IEnumerable<DefinitionOwner> owners, IStringLocalizer<PageText> words) =>
        owners.Select(owner => new Choice(owner.ToString(), Of(owner, words)));
}
