using Assize.Workflows.Drafting;
using Assize.Workflows.Rules;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>The states of a request as people read them.</summary>
internal static class PublicationWords
{
    public static string Kind(string definitionId) => RuleName.Parse(definitionId) is not { } rule ? "Workflow"
        : rule.Kind switch { RuleName.Form => "Form", RuleName.Table => "Decision table", RuleName.Calendar => "Calendar", RuleName.Overlay => "Overlay", _ => "Code list" };

    public static string State(PublicationRequest asked) => asked.State switch
    {
        PublicationState.Waiting when asked.FirstApprovedBy is not null => "Approved once, waiting",
        PublicationState.Waiting => "Waiting",
        PublicationState.Approved => "Published",
        PublicationState.Refused => "Refused",
        _ => "Replaced by a later one",
    };

    public static string? Colour(string state) => state switch
    {
        PublicationState.Waiting => "yellow",
        PublicationState.Approved => "green",
        PublicationState.Refused => "red",
        _ => "grey",
    };
}
