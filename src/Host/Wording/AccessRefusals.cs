using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Workflows.Access;

namespace Assize.Host.Wording;

/// <summary>Why a command about access was refused, and beside which field that is said.</summary>
internal static class AccessRefusals
{
    public static int Status(Refused refused) => refused.Code switch
    {
        AccessCodes.SamePerson or AccessCodes.StepUp or AccessCodes.Excluded or AccessCodes.PartyConflict or AccessCodes.CallerInactive or AccessCodes.AgencyInactive
            or "not-owner" or "review-overdue" or "too-many-today" => StatusCodes.Status403Forbidden,
        _ when Say(refused).FieldId is not null => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    public static Fault Say(Refused refused) => refused.Code switch
    {
        "reason-too-short" => new("reason", "Say why, in at least 20 letters"),
        "reason-missing" => new("reason", "Say why"),
        "agency-unknown" => new("agency", "Choose an agency that is enrolled and active"),
        "agency-owns-case" => new("case", "This is a case of that person’s own agency, which needs no other agency’s consent"),
        "person-unknown" => new("person", "There is nobody of that name who could have this"),
        "person-inactive" => new("person", "That person’s account is not active"),
        "role-not-delegable" => new("role", "Choose a role of people who work on cases"),
        "classification-too-high" => new("classification", "Choose a classification no higher than your own reaches"),
        "end-passed" => new("until-day", "The last day must be today or later"),
        "end-too-late" => new("until-day", $"The last day is too late: {refused.Message.Replace("Expected an end within", "choose one within", StringComparison.Ordinal).Split('.')[0]}"),
        "scope-missing" => new("case", "Name a case, a jurisdiction or an agency"),
        "category-unknown" => new("category", "Choose what comes nearest"),
        "finding-unknown" => new("finding", "Choose whether it was justified"),
        "proposal-unfit" => new("named", refused.Message),
        AccessCodes.SamePerson => new(null, "Another person must do this: not whoever asked, and not whom it is for. A second account of the same person does not count."),
        AccessCodes.StepUp => new(null, "This needs a sign-in with your second factor, and a fresh one. Sign out and in again; what you typed is still here."),
        "not-owner" => new(null, "Only the agency that owns the case may do this. Nothing was changed."),
        "proposal-stale" => new(null, "The case’s seal has changed since this was proposed. Nothing was done; it must be proposed again."),
        "sponsor-lapsed" => new(null, "Whoever sponsored this may no longer do so. It must be asked for again."),
        _ => new(null, refused.Message),
    };
}
