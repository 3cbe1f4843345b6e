using System.Text.RegularExpressions;
using Assize.Identity.Directory;

namespace Assize.Identity.Administration.Erasures;

/// <summary>What a text calls somebody by: an id, the whole name in any letters, or a word of it that stands alone with a capital.</summary>
internal sealed class PersonWords
{
    private const int ShortestWord = 3;
    private readonly List<Regex> _patterns;

    public PersonWords(Account person)
    {
        string?[] whole = [person.Subject, person.Name, person.UserName, person.ExternalId, person.Email, person.ProviderSubject];
        string[] words = [.. new[] { person.Name, person.GivenName, person.FamilyName }.OfType<string>().SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.Trim('.', ',', '(', ')')).Where(word => word.Length >= ShortestWord).Distinct()];
        _patterns =
        [
            .. whole.OfType<string>().Where(text => text.Length >= ShortestWord).Distinct().Select(text => Pattern(text, RegexOptions.IgnoreCase)),
            .. words.SelectMany(word => new[] { Capital(word), word.ToUpperInvariant() }).Distinct().Select(word => Pattern(word, RegexOptions.None)),
        ];
    }

    public bool AreIn(string? text) => text is not null && _patterns.Exists(pattern => pattern.IsMatch(text));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static Regex Pattern(string text, RegexOptions options) =>
        new($@"(?<![\p{{L}}\p{{M}}\p{{N}}]){Regex.Escape(text)}(?![\p{{L}}\p{{M}}\p{{N}}])", options | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
