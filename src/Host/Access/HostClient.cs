using System.Security.Cryptography;
using System.Text.Json;

namespace Assize.Host.Access;

/// <summary>Host's own credentials at the identity server: configured, or made at first start and kept in the data folder.</summary>
public sealed class HostClient(AccessSettings settings)
{
    public const string Id = "assize-host";
    public const string FileName = "host-client.json";

    private readonly Lazy<string> _secret = new(() => string.IsNullOrWhiteSpace(settings.ClientSecret)
        ? ReadOrCreate(Path.Combine(settings.DataFolder, FileName))
        : settings.ClientSecret);

    public string Secret => _secret.Value;

    // The embedded identity server reads or makes the same file: whoever comes first makes it, whole or not at all.
    private static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string whole = $"{path}.{Environment.ProcessId}.{RandomNumberGenerator.GetHexString(8)}";
            string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            FileStreamOptions ownerOnly = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using (StreamWriter writer = new(whole, ownerOnly))
            {
                writer.Write(JsonSerializer.Serialize(new ClientFile(Id, secret), JsonSerializerOptions.Web));
            }
            Publish(whole, path);
        }
        return JsonSerializer.Deserialize<ClientFile>(File.ReadAllText(path), JsonSerializerOptions.Web)?.ClientSecret
            ?? throw new InvalidOperationException($"Expected a client_secret in {path}, but there is none.");
    }

    private static void Publish(string whole, string path)
    {
        try
        {
            File.Move(whole, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
        }
    }

    private sealed record ClientFile(
        [property: System.Text.Json.Serialization.JsonPropertyName("client_id")] string ClientId,
        [property: System.Text.Json.Serialization.JsonPropertyName("client_secret")] string ClientSecret);
}
