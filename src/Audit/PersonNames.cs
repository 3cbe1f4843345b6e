using System.Globalization;
using System.Text.RegularExpressions;

namespace Assize.Audit;

/// <summary>What a text calls people by: the whole name in whatever letters, and each word of it that none of the others carries.</summary>
public sealed partial class PersonNames
{
    private const string Starts = @"(?<![\p{L}\p{M}\p{N}_])(?<![\p{L}\p{N}]-)";
    private const string Ends = @"(?![\p{L}\p{M}\p{N}_])(?!-\p{Lu})";

    // "27 May 2026", "Liverpool Crown Court", "the Bench".
    private const string NotAfterNumber = @"(?<!\d(?:st|nd|rd|th)?\s)";
    private const string NotBeforeNumber = @"(?!\s\d)";
    private const string NotAfterTheThing = @"(?<!\b(?:[Tt]he|[Cc]rown|[Mm]agistrates'?|[Yy]outh|[Cc]ounty|[Hh]igh|[Ss]upreme|[Ff]amily)\s)";

    private readonly HashSet<string> _words;
    private readonly List<Regex> _patterns;

    /// <param name="others">Who stay: a word that they carry, too, tells nobody apart.</param>
    public PersonNames(IEnumerable<PersonName> people, IEnumerable<PersonName> others)
    {
        string[][] names = [.. people.Select(Parts)];
        _words = names.SelectMany(Alone).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _words.ExceptWith(others.SelectMany(x => Alone(Parts(x))));
        _patterns = [.. names.Where(x => x.Length > 1).SelectMany(Whole), .. _words.SelectMany(Word)];
    }

    /// <summary>Whether a text names one of them. What has the look of a code names nobody.</summary>
    public bool AreIn(string text)
    {
        string plain = Plain(text);
        return !Code().IsMatch(plain) && _patterns.Exists(x => x.IsMatch(plain));
    }

    /// <summary>Whether a value that is a name is one of theirs, in whatever letters.</summary>
    public bool Include(string name) => _words.Contains(Plain(name).Trim()) || AreIn(name);

    // An organisation has no words that it is called by alone.
    private static string[] Parts(PersonName called)
    {
        string name = Plain(called.Name);
        return called.IsPerson
            ? [.. name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(x => x.Trim('.', ',', '(', ')', '"')).Where(x => !CommonWords.Titles.Contains(x))]
            : [name, ""];
    }

    private static IEnumerable<string> Alone(string[] parts) => parts is [_, ""] ? [] : parts.Where(x => x.Length > 1);

    private static IEnumerable<Regex> Whole(string[] parts)
    {
        string[] said = [.. parts.Where(x => x.Length > 0)];
        yield return Pattern($"{Starts}(?i:{string.Join(@"[\s,]+", said.Select(Regex.Escape))}){Ends}");
        if (said.Length > 2)
        {
            yield return Pattern($"{Starts}(?i:{Regex.Escape(said[0])}[\\s,]+{Regex.Escape(said[^1])}){Ends}");
        }
    }

    private static IEnumerable<Regex> Word(string word)
    {
        string upper = word.ToUpperInvariant();
        string capital = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word.ToLowerInvariant());
        string either = $"(?:{Regex.Escape(capital)}|{Regex.Escape(upper)})";
        if (CommonWords.OfSentences.Contains(word))
        {
            yield return Pattern($@"\b(?i:{string.Join('|', CommonWords.Titles)})\.?\s+{either}{Ends}");
        }
        else if (word.Length == 2 || CommonWords.OfThings.Contains(word))
        {
            yield return Pattern($"{NotAfterNumber}{NotAfterTheThing}{Starts}{either}{Ends}{NotBeforeNumber}");
        }
        else
        {
            yield return Pattern($"{Starts}(?i:{Regex.Escape(word)}){Ends}");
            yield return Pattern($@"(?i:{Regex.Escape(word)})[\p{{L}}\p{{N}}._%+-]*@");
        }
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant);

    private static string Plain(string text) => text.Replace('\u2019', '\'');

    [GeneratedRegex(@"^(?:[^\s@]*\d[^\s@]*|[\p{Ll}\d]+(?:[-_:/.][\p{Ll}\d]+)+)$")]
    private static partial Regex Code();
}

/// <param name="IsPerson">False for an organisation, which is called by its whole name alone.</param>
public sealed record PersonName(string Name, bool IsPerson = true);
