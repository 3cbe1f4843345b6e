namespace Assize.Workflows.Access.Deciding;

/// <summary>Gate G4a: what makes a grant count at all. Each gives the reason why it does not, as the end of a sentence, or null.</summary>
internal static class GrantRules
{
    /// <summary>An attribute that the type requires and that is absent never means "any".</summary>
    public static string? Malformed(GrantFacts grant) => grant.Type switch
    {
        GrantType.Basic => "it opens no case",
        GrantType.Home when grant.Jurisdiction is null => "it lacks a jurisdiction",
        GrantType.Home when grant.Agency is null && grant.Area is null && grant.Court is null => "it names neither agency, area nor court",
        GrantType.Case when grant.CaseId is null => "it names no case",
        GrantType.Cross when grant.CaseId is null && grant.Jurisdiction is null => "it names neither case nor jurisdiction",
        GrantType.Challenged when grant.CaseId is null => "it names no case",
        GrantType.Cross or GrantType.Challenged when grant.End is null => "it has no end",
        GrantType.Cross when string.IsNullOrWhiteSpace(grant.Reason) => "it has no reason",
        _ => null,
    };

    public static string? Asleep(GrantFacts grant, DateTimeOffset at) =>
        at < grant.Begin ? "it has not begun"
        : grant.End is { } end && at >= end ? "its time is over"
        : grant.EndedAt is { } ended && at >= ended ? "it was ended"
        : grant.RecertifyBy is { } due && at >= due ? "it was due to be certified again"
        : null;

    /// <summary>The owner brings agencies in; without that, no role given by one's own agency opens the case.</summary>
    public static string? NoStanding(PersonFacts person, CaseFacts file) =>
        file.TakesPart(person.Agency) ? null : $"{person.Agency} takes no part in the case";

    /// <summary>Two people of two agencies, neither of them the beneficiary, and the present owner's consent, not the requester's own.</summary>
    public static string? ConsentMissing(GrantFacts grant, PersonFacts person, CaseFacts file) =>
        grant is not { Sponsored: { } sponsor, Consented: { } consenter } ? "it is not approved by both agencies"
        : sponsor.Agency != person.Agency ? "its sponsor is not of the beneficiary's agency"
        : consenter.Agency != file.Owner ? "the agency that consented does not own the case"
        : sponsor.Agency == consenter.Agency ? "both approvals are of one agency"
        : file.OwnerStatus != DirectoryStatus.Active ? "the owner's agency is suspended"
        : sponsor.PersonId == consenter.PersonId ? "one person gave both approvals"
        : Is(sponsor, person) || Is(consenter, person) ? "the beneficiary approved it"
        : grant.Requested is { } requester && (requester.PersonId == consenter.PersonId || requester.Subject == consenter.Subject) ? "the requester consented to it"
        : null;

    private static bool Is(Approval approval, PersonFacts person) => approval.Subject == person.Subject || approval.PersonId == person.PersonId;
}
