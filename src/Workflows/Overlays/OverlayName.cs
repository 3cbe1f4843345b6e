using System.Text;

namespace Assize.Workflows.Overlays;

/// <summary>How overlays are named: whose it is, a dot, and the workflow. An area is written as a file may be: "area-greater-manchester".</summary>
public static class OverlayName
{
    private const string Area = "area-";

    public static string Of(OverlayLevel level, string owner, string workflow) => $"{OwnerOf(level, owner)}.{workflow}";

    /// <summary>The owner as it stands in names and folders.</summary>
    public static string OwnerOf(OverlayLevel level, string owner) => level == OverlayLevel.Area ? Area + Slug(owner) : owner;

    /// <summary>The workflow that an overlay's name ends with; null where it is no overlay's name.</summary>
    public static string? WorkflowOf(string id) => id.Split('.', 2) is [_, var workflow] ? workflow : null;

    private static string Slug(string name)
    {
        StringBuilder slug = new();
        foreach (char letter in name.ToLowerInvariant())
        {
            slug.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        }
        return slug.ToString();
    }
}
