using System.Text.Json.Nodes;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>To whom an overlay belongs: its name says so, and of an area, whose name a file cannot have, what stands in it.</summary>
internal static class OverlayOwner
{
    public static DefinitionOwner Of(Overlay overlay) => overlay.Level == OverlayLevel.Area ? DefinitionOwner.OfArea(overlay.Owner) : DefinitionOwner.OfAgency(overlay.Owner);

    /// <summary>Null where it is no overlay. One that names another owner than its name does is nobody's, and so nobody may draft it.</summary>
    public static DefinitionOwner? Of(RuleName rule, JsonObject file)
    {
        if (rule.Kind != RuleName.Overlay)
        {
            return null;
        }
        string name = rule.Id.Split('.')[0];
        return RuleJson.Text(file, "owner") is { Length: > 0 } area && OverlayName.OwnerOf(OverlayLevel.Area, area) == name ? DefinitionOwner.OfArea(area) : DefinitionOwner.OfAgency(name);
    }

    /// <summary>Writes down to whom an overlay from a file belongs, where that is not known.</summary>
    public static async Task KeepAsync(CaseDb db, RuleName rule, DefinitionOwner owner, CancellationToken ct)
    {
        string key = rule.ToString();
        if (!await db.OwnedDefinitions.AnyAsync(x => x.DefinitionId == key, ct) && db.OwnedDefinitions.Local.All(x => x.DefinitionId != key))
        {
            db.Add(new OwnedDefinition { DefinitionId = key, Owner = owner.ToString() });
        }
    }
}
