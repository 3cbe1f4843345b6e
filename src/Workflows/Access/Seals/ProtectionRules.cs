using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;

namespace Assize.Workflows.Access.Seals;

internal static class ProtectionRules
{
    /// <summary>Null where the proposal makes sense for the case as it is.</summary>
    public static Rejection? Unfit(string kind, ProtectionContent content, CaseFacts file) => kind switch
    {
        ProposalKind.Seal when file.Sealed => Not("a case that is not sealed"),
        ProposalKind.Reseal or ProposalKind.Unseal or ProposalKind.AddAgency or ProposalKind.BreakGlass when !file.Sealed => Not("a sealed case"),
        ProposalKind.Seal or ProposalKind.Reseal when content.Named.Count == 0 => Not("at least one person who keeps access, or nobody could ever open it"),
        ProposalKind.Seal or ProposalKind.Reseal when content.Named.Any(named => !GrantTerms.IsDelegable(named.Role)) => GrantTerms.RoleUnknown,
        ProposalKind.Reclassify when !Classification.IsKnown(content.Classification) || content.Classification == file.Classification => Not("another classification"),
        ProposalKind.AddAgency when string.IsNullOrEmpty(content.Agency) => Not("an agency"),
        _ => null,
    };

    private static Rejection Not(string expected) => new("proposal-unfit", $"Expected {expected}. Nothing was changed.");
}
