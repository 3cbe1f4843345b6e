using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assize.Identity.Keys;

namespace Assize.Identity.Clients;

/// <summary>A client's credentials in the data folder, for the program that is that client.</summary>
internal sealed record ClientFile(
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string ClientSecret)
{
    private static readonly JsonSerializerOptions s_readable = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>The file's credentials; made, where there is no file or it is another client's.</summary>
    public static ClientFile ReadOrCreate(string folder, string name, string clientId)
    {
        string path = Path.Combine(folder, name);
        ClientFile made = new(clientId, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        OwnFile.CreateOnce(path, made.Write);
        ClientFile? kept = Read(path);
        if (kept?.ClientId == clientId && kept.ClientSecret is { Length: > 0 })
        {
            return kept;
        }
        OwnFile.Replace(path, made.Write);
        return made;
    }

    private static ClientFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ClientFile>(File.ReadAllText(path), s_readable);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(Stream stream) => JsonSerializer.Serialize(stream, this, s_readable);
}
