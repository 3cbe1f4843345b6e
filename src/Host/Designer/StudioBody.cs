using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Host.Designer;

/// <summary>What Studio sends.</summary>
internal static class StudioBody
{
    // Deeper than any definition that is read, so that what somebody sends can be kept for them with what is wrong.
    private const int MaxDepth = DefinitionReader.MaxDepth * 5;

    /// <summary>Null where it is no JSON object, or one too deep to be kept.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpContext http, CancellationToken ct)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        try
        {
            return JsonNode.Parse(await reader.ReadToEndAsync(ct), documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
