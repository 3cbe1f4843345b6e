using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Assize.Identity.Scim;

/// <summary>An answer in SCIM's media type, with the resource's version where it is one.</summary>
internal sealed class ScimAnswer(int status, JsonNode? body) : IResult
{
    private const string MediaType = "application/scim+json";
    private static readonly JsonSerializerOptions s_json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static ScimAnswer Resource(JsonNode body, int status = StatusCodes.Status200OK) => new(status, body);

    public static ScimAnswer Nothing() => new(StatusCodes.Status204NoContent, null);

    public static ScimAnswer Error(int status, string? scimType, string detail)
    {
        JsonObject body = new()
        {
            ["schemas"] = new JsonArray(ScimNames.Error),
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
            ["detail"] = detail,
        };
        if (scimType is not null)
        {
            body["scimType"] = scimType;
        }
        return new ScimAnswer(status, body);
    }

    public static ScimAnswer List(IEnumerable<JsonNode> resources, int total, int start)
    {
        JsonArray items = [.. resources];
        return new ScimAnswer(StatusCodes.Status200OK, new JsonObject
        {
            ["schemas"] = new JsonArray(ScimNames.ListResponse),
            ["totalResults"] = total,
            ["startIndex"] = start,
            ["itemsPerPage"] = items.Count,
            ["Resources"] = items,
        });
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (body is null)
        {
            return;
        }
        if (body["meta"]?["version"]?.GetValue<string>() is { } version)
        {
            httpContext.Response.Headers.ETag = version;
        }
        if (status == StatusCodes.Status201Created)
        {
            httpContext.Response.Headers.Location = body["meta"]!["location"]!.GetValue<string>();
        }
        httpContext.Response.ContentType = MediaType;
        await httpContext.Response.WriteAsync(body.ToJsonString(s_json), httpContext.RequestAborted);
    }
}

/// <summary>Why a request is not done; nothing of it is kept.</summary>
internal sealed class ScimRefusal(int status, string? scimType, string detail) : Exception(detail)
{
    public ScimAnswer Answer => ScimAnswer.Error(status, scimType, Message);

    public static ScimRefusal NotFound(string what) => new(StatusCodes.Status404NotFound, null, $"There is no such {what}. Nothing was changed.");

    public static ScimRefusal Value(string detail) => new(StatusCodes.Status400BadRequest, "invalidValue", $"{detail} Nothing was changed.");

    public static ScimRefusal Syntax(string detail) => new(StatusCodes.Status400BadRequest, "invalidSyntax", $"{detail} Nothing was changed.");

    public static ScimRefusal Taken(string detail) => new(StatusCodes.Status409Conflict, "uniqueness", $"{detail} Nothing was changed.");
}

internal static class ScimNames
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string ListResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    public const string Error = "urn:ietf:params:scim:api:messages:2.0:Error";

    private static readonly string[] s_core = [User + ":", Group + ":"];

    /// <summary>An attribute's name in lower case, without the core schema's.</summary>
    public static string Plain(string name) =>
        (Array.Find(s_core, schema => name.StartsWith(schema, StringComparison.OrdinalIgnoreCase)) is { } core ? name[core.Length..] : name).ToLowerInvariant();
}
