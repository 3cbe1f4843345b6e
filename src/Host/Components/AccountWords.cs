namespace Assize.Host.Components;

/// <summary>What the identity server's log says was done to accounts, in words. An action without words is shown as it is, never hidden.</summary>
public static class AccountWords
{
    /// <summary>In the order of a list to choose from. Keys of the pages' words.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        ["session.start"] = "Signed in",
        ["session.end"] = "A session ended",
        ["person.invite"] = "Invited somebody",
        ["person.admit"] = "Signed in for the first time",
        ["person.bind"] = "Was found by the agency’s provider",
        ["person.roles"] = "Changed somebody’s roles",
        ["person.status"] = "Changed an account’s state",
        ["person.move"] = "Changed posts",
        ["person.link"] = "Linked accounts of one person",
        ["role.request"] = "Asked for an administrator’s role",
        ["request.approve"] = "Approved a role",
        ["request.refuse"] = "Refused a role",
        ["role.certify"] = "Confirmed a role at a review",
        ["role.hold"] = "A role for a later day waits to be confirmed, since its giver administers nothing any more",
        ["erasure.request"] = "Asked to erase what is kept of somebody",
        ["erasure.approve"] = "Erased what is kept of somebody",
        ["erasure.refuse"] = "Refused to erase what is kept of somebody",
        ["team.add"] = "Added a team",
        ["team.rename"] = "Renamed a team",
        ["team.members"] = "Changed who is in a team",
        ["team.remove"] = "Removed a team",
        ["scim.token.issue"] = "Issued a provisioning token",
        ["scim.token.revoke"] = "Revoked a provisioning token",
        ["scim.mappings"] = "Changed which groups give roles",
        ["scim.user.create"] = "Provisioning announced somebody",
        ["scim.user.update"] = "Provisioning changed somebody",
        ["scim.user.delete"] = "Provisioning recorded a leaver",
        ["system.register"] = "Registered a system",
        ["system.change"] = "Changed a system",
        ["system.status"] = "Changed a system’s state",
        ["system.key.add"] = "Added a system’s key",
        ["system.key.approve"] = "Approved a system’s key",
        ["system.key.remove"] = "Removed a system’s key",
        ["agency.add"] = "Added an agency",
        ["agency.rename"] = "Renamed an agency",
        ["agency.status"] = "Changed an agency’s state",
        ["upstream.activate"] = "Put an agency’s sign-in to use",
        ["upstream.key.remove"] = "Replaced the key of an agency’s sign-in",
        ["upstream.suspend"] = "Suspended an agency’s sign-in",
        ["admin.refused"] = "Was refused a change",
        ["audit.export"] = "Downloaded this log",
    };

    public static string Action(string action) => Actions.GetValueOrDefault(action) ?? Words.Plain(action);
}
