using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assize.Identity.Scim;

/// <summary>One assignment of a PATCH: where, and what; a removal has no value, unless it names which values go.</summary>
/// <param name="Op">"add", "replace" or "remove".</param>
/// <param name="Path">Lower case, without the core schema's name; empty where the operation has none.</param>
/// <param name="Selected">The value that a filter in the path named, as in <c>members[value eq "…"]</c>.</param>
internal sealed record PatchStep(string Op, string Path, string? Selected, JsonNode? Value);

/// <summary>PATCH as RFC 7644 writes it and as Entra ID sends it: operations in capitals, values without a path, dotted names, truth as text.</summary>
internal static partial class ScimPatch
{
    private const int MostOperations = 1000;
    private const int LongestPath = 200;
    private static readonly HashSet<string> s_schemas = new([ScimNames.User, ScimNames.Group, ScimNames.Enterprise], StringComparer.OrdinalIgnoreCase);

    /// <param name="id">Of the resource. Saying it again changes nothing, and neither do the schemas and what is ours to say.</param>
    public static IEnumerable<PatchStep> Read(JsonObject body, string? id)
    {
        if (Member(body, "operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
        {
            throw ScimRefusal.Syntax($"Expected between 1 and {MostOperations} Operations.");
        }
        return operations.SelectMany(Steps).Where(step => step.Path is not ("schemas" or "meta") && !(step.Path == "id" && step.Op != "remove" && (step.Value as JsonValue)?.ToString() == id)).ToList();
    }

    /// <summary>A member whatever the case of its name: SCIM's attribute names have none.</summary>
    public static JsonNode? Member(JsonObject body, string name) =>
        body.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static IEnumerable<PatchStep> Steps(JsonNode? node)
    {
        JsonObject operation = node as JsonObject ?? [];
        string? op = (Member(operation, "op") as JsonValue)?.ToString().ToLowerInvariant();
        if (op is not ("add" or "replace" or "remove"))
        {
            throw ScimRefusal.Syntax("Expected each operation to add, replace or remove.");
        }
        JsonNode? value = Member(operation, "value");
        string path = Member(operation, "path") is JsonValue text ? text.ToString() : "";
        if (path.Length > 0)
        {
            return Spread(op, path, value);
        }
        if (op == "remove")
        {
            throw new ScimRefusal(StatusCodes.Status400BadRequest, "noTarget", "Expected a removal to say what. Nothing was changed.");
        }
        return value is JsonObject members
            ? members.SelectMany(member => Spread(op, member.Key, member.Value))
            : throw ScimRefusal.Syntax("Expected an operation without a path to have an object as its value.");
    }

    // {"name": {"givenName": …}} and {"name.givenName": …} mean the same; so does a schema's object.
    private static IEnumerable<PatchStep> Spread(string op, string name, JsonNode? value)
    {
        PatchStep step = Step(op, name, value);
        bool nested = step.Path is "name" || s_schemas.Contains(step.Path);
        string between = step.Path == "name" ? "." : ":";
        return nested && value is JsonObject inner ? inner.SelectMany(member => Spread(op, name + between + member.Key, member.Value)) : [step];
    }

    private static PatchStep Step(string op, string path, JsonNode? value)
    {
        if (path.Length > LongestPath || PathForm().Match(path) is not { Success: true } form)
        {
            throw new ScimRefusal(StatusCodes.Status400BadRequest, "invalidPath", "Expected a path such as name.givenName or members[value eq \"…\"]. Nothing was changed.");
        }
        string name = ScimNames.Plain(form.Groups["name"].Value);
        string sub = form.Groups["sub"].Value.ToLowerInvariant();
        return new PatchStep(op, name + sub, form.Groups["selected"] is { Success: true } selected ? selected.Value : null, value);
    }

    [GeneratedRegex("""^(?<name>[A-Za-z$][A-Za-z0-9:._$-]*)(?:\[\s*[A-Za-z.]+\s+[Ee][Qq]\s+(?:"(?<selected>[^"\\]*)"|(?<selected>true|false|True|False))\s*\])?(?<sub>\.[A-Za-z]+)?$""", RegexOptions.None, 100)]
    private static partial Regex PathForm();
}
