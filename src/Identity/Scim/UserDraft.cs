using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Administration;
using Assize.Identity.Directory;

namespace Assize.Identity.Scim;

/// <summary>What provisioning may say of a person. Anything else that it sends, roles among it, is left alone.</summary>
internal sealed class UserDraft
{
    private const int LongestEmail = 320;
    private static readonly string s_enterprise = ScimNames.Enterprise.ToLowerInvariant();
    private static readonly string s_core = ScimNames.User.ToLowerInvariant();
    private string? _kept;

    public string? UserName { get; private set; }
    public string? ExternalId { get; private set; }
    public string? DisplayName { get; private set; }
    public string? Formatted { get; private set; }
    public string? GivenName { get; private set; }
    public string? FamilyName { get; private set; }
    public string? Title { get; private set; }
    public string? Email { get; private set; }
    public string? Department { get; private set; }
    public bool? Active { get; private set; }

    public static UserDraft Of(Account account) => new()
    {
        UserName = account.UserName,
        ExternalId = account.ExternalId,
        _kept = account.Name,
        GivenName = account.GivenName,
        FamilyName = account.FamilyName,
        Title = account.Title,
        Email = account.Email,
        Department = account.Department,
    };

    public static UserDraft Of(JsonObject body)
    {
        UserDraft draft = new();
        foreach ((string name, JsonNode? value) in body)
        {
            // The whole resource is an operation without a path.
            if (name is not ("schemas" or "id" or "meta" or "groups"))
            {
                foreach (PatchStep step in ScimPatch.Read(new JsonObject
                {
                    ["Operations"] = new JsonArray(new JsonObject
                    {
                        ["op"] = "replace",
                        ["value"] = new JsonObject { [name] = value?.DeepClone() },
                    }),
                }, null))
                {
                    draft.Apply(step);
                }
            }
        }
        return draft;
    }

    public void Apply(PatchStep step)
    {
        JsonNode? value = step.Op == "remove" ? null : Unwrapped(step.Value);
        switch (step.Path)
        {
            case "id" or "groups":
                throw new ScimRefusal(StatusCodes.Status400BadRequest, "mutability", $"“{step.Path}” cannot be changed here. Nothing was changed.");
            case "username":
                UserName = Text(value, "userName", Words.LongestName) ?? throw ScimRefusal.Value("Expected a userName.");
                break;
            case "externalid":
                ExternalId = Text(value, "externalId", Words.LongestName);
                break;
            case "displayname":
                DisplayName = Text(value, "displayName", Words.LongestName);
                _kept = DisplayName is null ? null : _kept;
                break;
            case "name.formatted":
                Formatted = Text(value, "name.formatted", Words.LongestName) ?? Formatted;
                break;
            case "name.givenname":
                GivenName = Text(value, "givenName", Words.LongestName);
                break;
            case "name.familyname":
                FamilyName = Text(value, "familyName", Words.LongestName);
                break;
            case "name":
                NeedNothing(value, "name");
                (GivenName, FamilyName) = (null, null);
                break;
            case var path when path == s_enterprise:
                NeedNothing(value, ScimNames.Enterprise);
                Department = null;
                break;
            case var path when path == s_core:
                throw new ScimRefusal(StatusCodes.Status400BadRequest, "mutability", "A user without the core attributes is none. Nothing was changed.");
            case "title":
                Title = Text(value, "title", Words.LongestName);
                break;
            case "emails" or "emails.value":
                Email = Text(value is JsonArray several ? Chief(several) : value is JsonObject one ? ScimPatch.Member(one, "value") : value, "emails", LongestEmail);
                break;
            case "active":
                Active = step.Op == "remove" ? false : Truth(value);
                break;
            case var path when path == s_enterprise + ":department":
                Department = Text(value, "department", Words.LongestName);
                break;
        }
    }

    /// <summary>The name that people see: as given whole, or as it was unless that was taken away, or made of its parts.</summary>
    public string Name => DisplayName ?? Formatted ?? _kept ?? (string.Join(' ', new[] { GivenName, FamilyName }.OfType<string>()) is { Length: > 0 } parts ? parts : UserName!);

    public void WriteTo(Account account) =>
        (account.UserName, account.ExternalId, account.Name, account.GivenName, account.FamilyName, account.Title, account.Email, account.Department)
        = (UserName, ExternalId, Name, GivenName, FamilyName, Title, Email, Department);

    // Some send [{"value": "x"}] for a single "x".
    private static JsonNode? Unwrapped(JsonNode? value) => value is JsonArray { Count: 1 } only && only[0] is JsonObject one && one.Count <= 2 && one.ContainsKey("value") && !one.ContainsKey("type") ? one["value"] : value;

    private static JsonNode? Chief(JsonArray emails)
    {
        List<JsonObject> all = [.. emails.OfType<JsonObject>()];
        return (all.Find(email => email["primary"]?.GetValueKind() == JsonValueKind.True) ?? all.Find(email => email["type"]?.ToString() == "work") ?? all.FirstOrDefault())?["value"];
    }

    // What an object says comes as steps of their own; so a whole that is left over is taken away, or is no object.
    private static void NeedNothing(JsonNode? value, string name)
    {
        if (value is not null && value.GetValueKind() != JsonValueKind.Null)
        {
            throw ScimRefusal.Value($"Expected {name} to be an object.");
        }
    }

    private static string? Text(JsonNode? value, string name, int longest)
    {
        if (value is null || value.GetValueKind() == JsonValueKind.Null)
        {
            return null;
        }
        string text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>().Trim() : throw ScimRefusal.Value($"Expected {name} to be text.");
        return text.Length == 0 ? null
            : text.Length <= longest && Words.IsOneLine(text) ? text
            : throw ScimRefusal.Value($"Expected {name} to be at most {longest} characters on one line.");
    }

    private static bool Truth(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetValue<string>(), out bool said) => said,
        _ => throw ScimRefusal.Value("Expected active to be true or false."),
    };
}
