using System.Text;
using System.Text.Json;

namespace Assize.Host.Api;

/// <summary>Where a page of a list ended: the sort values of its last row, opaque to callers.</summary>
public static class Cursor
{
    public const int DefaultLimit = 25;
    public const int LargestLimit = 100;

    public static string Write(params string[] values) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(values)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>False where the text is no cursor of a list sorted by that many values.</summary>
    public static bool TryRead(string? text, int count, out string[] values)
    {
        values = [];
        if (string.IsNullOrEmpty(text) || text.Length > 1024)
        {
            return string.IsNullOrEmpty(text);
        }

        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            values = JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) ?? [];
            return values.Length == count && values.All(value => value is not null);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return false;
        }
    }
}
