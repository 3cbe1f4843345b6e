namespace Assize.Host.Pages.Access.Several;

/// <summary>The ids of the fields of a role for several people by the names that the identity server has for them.</summary>
internal static class SeveralFieldIds
{
    public static Dictionary<string, string> All { get; } = new Dictionary<string, string>(RoleChanges.RoleFieldIds.All) { ["subjects"] = "people" };
}
