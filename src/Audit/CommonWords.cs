namespace Assize.Audit;

/// <summary>Words that are names of people, and mostly something else.</summary>
internal static class CommonWords
{
    public static IReadOnlySet<string> Titles { get; } = Of("Mr Mrs Ms Miss Mx Dr Sir Lady Lord Rev Prof");

    /// <summary>These begin sentences: they name somebody only after a title.</summary>
    public static IReadOnlySet<string> OfSentences { get; } = Of(
        "a al am an and are as at be but by de del der di do du for from go had has he her his how if in is it la le my no not of off on or our out she so than that the then"
        + " there they this to too up us van von was we who why with you");

    /// <summary>These name somebody only where they are written with a capital, and not as a thing or a day.</summary>
    public static IReadOnlySet<string> OfThings { get; } = Of(
        "april art august baker ball banks bean bell bench best bill bird bishop black bond bridge brook brown bull bush carpenter carter case cash chambers christian church"
        + " constable cook court crane cross crown day dean driver faith farmer field fish fisher flowers foot fox frank gardener gates good grace grant green grey guard guy hall"
        + " hand hands head hill holder hope house hunter joy judge june justice key keys king lamb lane law little long love major march mark marshal mason may miller moody"
        + " noble page park parker parsons pat police pool poor porter post potter power price prince queen read rich rivers road rob rock rose sands savage sergeant sharp"
        + " shepherd sheriff short small speed spring steel stone storm street strong sue summer swift walker ward waters week wells white will winter wolf wood woods young");

    private static HashSet<string> Of(string words) => words.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
}
