using System.Globalization;
using System.Resources;

namespace Assize.Host.Wording;

/// <summary>The pages' words where nothing is injected: in components, and in dates.</summary>
internal static class Phrases
{
    private static readonly ResourceManager s_texts = new(typeof(PageText).FullName!, typeof(PageText).Assembly);

    public static string Of(string english) => Languages.IsWelsh
        ? s_texts.GetResourceSet(Languages.Culture, createIfNotExists: true, tryParents: false)?.GetString(english) ?? english
        : english;

    public static string Of(string english, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, Of(english), values);
}
