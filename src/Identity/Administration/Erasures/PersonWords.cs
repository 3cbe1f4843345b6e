using System.Text.RegularExpressions;
using Assize.Audit;
using Assize.Identity.Directory;

namespace Assize.Identity.Administration.Erasures;

/// <summary>What a text calls somebody by: an id that stands alone, in any letters, or their name.</summary>
internal sealed class PersonWords(Account person)
{
    private const int ShortestId = 3;

    private readonly List<Regex> _ids =
    [
        .. new[] { person.Subject, person.UserName, person.ExternalId, person.Email, person.ProviderSubject }.OfType<string>().Where(id => id.Length >= ShortestId).Distinct()
            .Select(id => new Regex($@"(?<![\p{{L}}\p{{M}}\p{{N}}]){Regex.Escape(id)}(?![\p{{L}}\p{{M}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))),
    ];

    private readonly PersonNames _names = new(Called(person).Distinct().Select(name => new PersonName(name)), []);

    public bool AreIn(string? text) => text is not null && (_ids.Exists(id => id.IsMatch(text)) || _names.AreIn(text));

    private static IEnumerable<string> Called(Account person)
    {
        yield return person.Name;
        if (string.Join(' ', new[] { person.GivenName, person.FamilyName }.OfType<string>()) is { Length: > 0 } parts)
        {
            yield return parts;
        }
    }
}
