using System.Globalization;
using System.Resources;

namespace Assize.Identity.SignIn;

/// <summary>The words of these pages: the English text is the key, <c>SignInText.cy.resx</c> holds the Welsh. What has none is said in English.</summary>
internal static class SignInText
{
    private static readonly ResourceManager s_texts = new(typeof(SignInText));

    public static string Say(string english) => Welsh(english) ?? english;

    public static string Say(string english, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, Say(english), values);

    /// <summary>True where whoever reads Welsh is told this in English.</summary>
    public static bool IsOnlyEnglish(string english) => Languages.IsWelsh && Welsh(english) is null;

    private static string? Welsh(string english) => Languages.IsWelsh
        ? s_texts.GetResourceSet(Languages.Culture, createIfNotExists: true, tryParents: false)?.GetString(english)
        : null;
}
