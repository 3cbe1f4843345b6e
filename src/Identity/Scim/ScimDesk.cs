using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Audit;
using Assize.Identity.Directory;

namespace Assize.Identity.Scim;

/// <summary>One request of an agency's provisioning, inside its transaction.</summary>
internal sealed record ScimWork(DirectoryUnit Unit, string Agency, AuditActor Actor, string Address, CancellationToken Ct)
{
    public void Audit(string action, string kind, string id, object? detail = null) =>
        AuditLog.Record(Unit.Db, Unit.Now, Actor, action, kind, id, detail is null ? null : JsonSerializer.Serialize(detail));
}

/// <summary>Runs provisioning's requests: the agency is the token's, a write is one transaction, a refusal keeps nothing.</summary>
internal sealed class ScimDesk(DirectoryWriter directory, IdentitySettings settings)
{
    public static string AgencyOf(HttpContext http) => http.User.FindFirstValue(ScimAuthentication.AgencyClaim)!;

    public string AddressOf(string path) => new Uri(settings.Url, "/scim/v2/" + path).AbsoluteUri;

    public static async Task<IResult> ReadAsync(Func<Task<ScimAnswer>> read)
    {
        try
        {
            return await read();
        }
        catch (ScimRefusal refusal)
        {
            return refusal.Answer;
        }
    }

    public Task<IResult> WriteAsync(HttpContext http, Func<ScimWork, JsonObject, Task<ScimAnswer>> write) => ReadAsync(async () =>
    {
        JsonObject body = await BodyAsync(http);
        return await ChangeAsync(http, work => write(work, body));
    });

    public Task<IResult> WriteAsync(HttpContext http, Func<ScimWork, Task<ScimAnswer>> write) => ReadAsync(() => ChangeAsync(http, write));

    /// <summary>Somebody who read an older version must read again first.</summary>
    public static void Match(HttpContext http, long version)
    {
        string asked = http.Request.Headers.IfMatch.ToString();
        if (asked is not ("" or "*") && asked != VersionOf(version))
        {
            throw new ScimRefusal(StatusCodes.Status412PreconditionFailed, null, "The resource has changed since it was read. Nothing was changed.");
        }
    }

    public static string VersionOf(long version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"W/\"{version}\"");

    private async Task<ScimAnswer> ChangeAsync(HttpContext http, Func<ScimWork, Task<ScimAnswer>> write)
    {
        AuditActor actor = new("scim:" + http.User.FindFirstValue(ScimAuthentication.TokenClaim), AgencyOf(http));
        return await directory.ChangeAsync(unit => write(new ScimWork(unit, actor.Agency, actor, AddressOf(""), http.RequestAborted)), http.RequestAborted);
    }

    // A database keeps no such character.
    private static bool IsText(JsonNode? node) => node switch
    {
        JsonObject members => members.All(member => !member.Key.Contains('\0', StringComparison.Ordinal) && IsText(member.Value)),
        JsonArray items => items.All(IsText),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => !value.GetValue<string>().Contains('\0', StringComparison.Ordinal),
        _ => true,
    };

    private static async Task<JsonObject> BodyAsync(HttpContext http)
    {
        try
        {
            JsonNode? body = await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 }, cancellationToken: http.RequestAborted);
            return !IsText(body) ? throw ScimRefusal.Value("Expected text without the character U+0000.") : body as JsonObject ?? throw ScimRefusal.Syntax("Expected a JSON object.");
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character, and it is found when the text is read.
            throw ScimRefusal.Value("Expected text of whole characters.");
        }
        catch (JsonException)
        {
            throw ScimRefusal.Syntax("Expected a JSON object, each member once.");
        }
        catch (BadHttpRequestException large)
        {
            throw new ScimRefusal(large.StatusCode, "tooMany", "Expected a body of at most 64 kB. Send fewer members at a time. Nothing was changed.");
        }
    }
}
