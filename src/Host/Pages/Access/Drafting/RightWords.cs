using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Drafting.Rights;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Drafting;

/// <summary>Drafting rights as pages say them.</summary>
public static class RightWords
{
    public static IHtmlContent Tag(DraftingRight right, DateTimeOffset now, IStringLocalizer<PageText> words) => right.State switch
    {
        DraftingRightState.Waiting => Show.Tag(words["Waits for another administrator"], "blue"),
        DraftingRightState.Refused => Show.Tag(words["Refused"], "grey"),
        DraftingRightState.Ended => Show.Tag(words["Ended"], "grey"),
        _ when now < right.From => Show.Tag(words["Begins later"], "blue"),
        _ when right.To <= now => Show.Tag(words["Its time is over"], "grey"),
        _ => Show.Tag(words["Counts now"], "green"),
    };

    public static string Period(DraftingRight right, IStringLocalizer<PageText> words) => right.To is { } to
        ? words["{0} to {1}", London.LongDay(London.Day(right.From)), London.LongDay(London.Day(to.AddTicks(-1)))]
        : words["From {0}, until somebody ends it", London.LongDay(London.Day(right.From))];
}
