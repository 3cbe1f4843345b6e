using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Drafting;

/// <summary>The texts of drafts: which revision they carry, and the members that the server decides.</summary>
internal static class DraftText
{
    private const string Revision = "revision";

    /// <summary>The revision that a text was loaded with; null where it carries none.</summary>
    public static int? RevisionOf(WorkflowDefinition definition) =>
        (definition.Root.CustomProperties?[Revision] as JsonValue)?.TryGetValue(out int revision) == true ? revision : null;

    /// <summary>The text as it is stored: with its number and revision, and without what is computed on the way out.</summary>
    public static string Store(WorkflowDefinition definition, string definitionId, int version, int? revision)
    {
        JsonObject json = definition.Json.DeepClone().AsObject();
        foreach (string computed in (string[])["links", "isLatest", "isPublished", "isReadonly", "createdAt", "id"])
        {
            json.Remove(computed);
        }
        json["definitionId"] = definitionId;
        json["version"] = version;
        JsonObject root = json["root"]!.AsObject();
        if (root["customProperties"] is not JsonObject custom)
        {
            root["customProperties"] = custom = [];
        }
        custom.Remove(Revision);
        if (revision is { } number)
        {
            custom[Revision] = number;
        }
        return json.ToJsonString();
    }

    /// <summary>What makes two texts the same version.</summary>
    public static string HashOf(string key, string text) => RuleName.Parse(key) is null ? DefinitionHash.Of(DefinitionReader.Read(text)) : RuleHash.Of(text);

    /// <summary>True where only what a server assigns differs.</summary>
    public static bool SameContent(WorkflowDefinition one, string otherText) =>
        DefinitionHash.Of(Renumbered(one)) == DefinitionHash.Of(Renumbered(DefinitionReader.Read(otherText)));

    /// <summary>The same content as if it had been loaded with that revision.</summary>
    public static WorkflowDefinition WithRevision(WorkflowDefinition definition, int? revision) =>
        DefinitionReader.Read(Store(definition, definition.DefinitionId, definition.Version, revision));

    private static string Renumbered(WorkflowDefinition definition) => Store(definition, "same", 0, null);
}
