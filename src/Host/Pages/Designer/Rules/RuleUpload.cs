using System.Text.Json.Nodes;
using Assize.Host.Wording;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>A file that somebody sends to be the draft: JSON, of any content of its kind.</summary>
internal static class RuleUpload
{
    /// <summary>What is read at all; between this and what is kept, people are told why.</summary>
    public const int MostSent = 32 * 1024 * 1024;

    /// <summary>The file, or why it is none.</summary>
    public static async Task<(JsonObject? File, string? Problem)> ReadAsync(IFormFile? sent, CancellationToken ct)
    {
        var (text, problem) = await TextAsync(sent, ct);
        return text is null ? (null, problem)
            : RuleJson.Read(text) is { } file ? (file, null)
            : (null, Phrases.Of("{0} is no JSON object, or has a member twice. Nothing was changed. Correct the file and choose it again", sent!.FileName));
    }

    /// <summary>The text of a file that is not too large.</summary>
    public static async Task<(string? Text, string? Problem)> TextAsync(IFormFile? sent, CancellationToken ct)
    {
        if (sent is null or { Length: 0 })
        {
            return (null, Phrases.Of("Choose a file"));
        }

        if (sent.Length > RuleText.MaxBytes)
        {
            return (null, Phrases.Of("The file has {0} MB, and at most {1} MB are taken. Nothing was changed", sent.Length / 1024 / 1024, RuleText.MaxBytes / 1024 / 1024));
        }

        using var reader = new StreamReader(sent.OpenReadStream());
        return (await reader.ReadToEndAsync(ct), null);
    }
}
