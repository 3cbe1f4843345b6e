using System.Text.Json.Nodes;

namespace Assize.Identity.Scim;

/// <summary>What this server can do, as clients ask before they begin.</summary>
internal static class ScimDiscovery
{
    private const string Schema = "urn:ietf:params:scim:schemas:core:2.0:Schema";

    public static ScimAnswer Configuration(ScimDesk desk) => ScimAnswer.Resource(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = 100 },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(true),
        ["authenticationSchemes"] = new JsonArray(new JsonObject { ["type"] = "oauthbearertoken", ["name"] = "Bearer token", ["description"] = "Issued by an administrator of the agency, shown once." }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = desk.AddressOf("ServiceProviderConfig") },
    });

    public static ScimAnswer Types(ScimDesk desk) => ScimAnswer.List(
        [Type(desk, "User", "/Users", ScimNames.User, ScimNames.Enterprise), Type(desk, "Group", "/Groups", ScimNames.Group, null)], 2, 1);

    public static ScimAnswer Schemas(ScimDesk desk) => ScimAnswer.List(All(desk), 3, 1);

    public static IResult OneSchema(ScimDesk desk, string id) =>
        All(desk).FirstOrDefault(schema => schema["id"]!.ToString() == id) is { } found ? ScimAnswer.Resource(found) : ScimRefusal.NotFound("schema").Answer;

    private static JsonObject[] All(ScimDesk desk) =>
    [
        Described(desk, ScimNames.User, "User", Text("userName", required: true, unique: true), Text("externalId"), Text("displayName"), Text("title"), Flag("active"),
            Complex("name", false, Text("formatted"), Text("givenName"), Text("familyName")), Complex("emails", true, Text("value"), Text("type"), Flag("primary"))),
        Described(desk, ScimNames.Enterprise, "EnterpriseUser", Text("department")),
        Described(desk, ScimNames.Group, "Group", Text("displayName", required: true), Text("externalId"), Complex("members", true, Text("value"), Text("display"), Text("type"))),
    ];

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static JsonObject Type(ScimDesk desk, string name, string endpoint, string schema, string? extension) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name,
        ["name"] = name,
        ["endpoint"] = endpoint,
        ["schema"] = schema,
        ["schemaExtensions"] = extension is null ? new JsonArray() : new JsonArray(new JsonObject { ["schema"] = extension, ["required"] = false }),
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = desk.AddressOf("ResourceTypes/" + name) },
    };

    private static JsonObject Described(ScimDesk desk, string id, string name, params JsonNode[] attributes) => new()
    {
        ["schemas"] = new JsonArray(Schema),
        ["id"] = id,
        ["name"] = name,
        ["attributes"] = new JsonArray(attributes),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = desk.AddressOf("Schemas/" + id) },
    };

    private static JsonObject Text(string name, bool required = false, bool unique = false) => Attribute(name, "string", false, required, unique);

    private static JsonObject Flag(string name) => Attribute(name, "boolean", false, false, false);

    private static JsonObject Complex(string name, bool several, params JsonNode[] inner)
    {
        JsonObject attribute = Attribute(name, "complex", several, false, false);
        attribute["subAttributes"] = new JsonArray(inner);
        return attribute;
    }

    private static JsonObject Attribute(string name, string type, bool several, bool required, bool unique) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["multiValued"] = several,
        ["required"] = required,
        ["caseExact"] = false,
        ["mutability"] = "readWrite",
        ["returned"] = "default",
        ["uniqueness"] = unique ? "server" : "none",
    };
}
