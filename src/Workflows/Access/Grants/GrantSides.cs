using Assize.Engine.Commands;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>Whose a grant is to take away, alone and at once: whoever it is for, whoever asked for it, and those of either agency who approve or administer.</summary>
internal static class GrantSides
{
    public static bool MayTakeAway(UnitSession session, AccessFacts facts, Caller caller, AccessGrant grant)
    {
        string owner = SessionCase.Of(session)?.OwnerAgency ?? grant.AskedAgency ?? grant.Agency;
        bool isApprover = facts.Grants.Any(held => held.IsLive(facts.At) && held.Role is Roles.AgencyAdmin or Roles.AccessApprover);
        return grant.Subject == caller.Subject || grant.RequestedBy == caller.Subject || (isApprover && (caller.Agency == grant.Agency || caller.Agency == owner));
    }
}
