using Microsoft.Extensions.Localization;

namespace Assize.Host.Wording;

/// <summary>A page's texts, which notes how many of them there are in the language that is spoken, so that the page can say which one it is in.</summary>
public sealed class SpokenText<T>(IStringLocalizerFactory factory, IHttpContextAccessor http) : IStringLocalizer<T>
{
    private readonly IStringLocalizer _texts = factory.Create(typeof(T));

    public LocalizedString this[string name] => Noted(_texts[name]);

    public LocalizedString this[string name, params object[] arguments] => Noted(_texts[name, arguments]);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => _texts.GetAllStrings(includeParentCultures);

    private LocalizedString Noted(LocalizedString text)
    {
        if (Languages.IsWelsh && http.HttpContext is { } context)
        {
            Spoken.Of(context).Note(text.ResourceNotFound);
        }

        return text;
    }
}

/// <summary>How much of a page is in Welsh so far.</summary>
public sealed class Spoken
{
    private int _found;
    private int _missing;

    /// <summary>"en" where whoever chose Welsh reads mostly English; null where the page is in the language that it says.</summary>
    public string? Otherwise => _missing > _found ? "en" : null;

    public static Spoken Of(HttpContext context)
    {
        if (context.Items[typeof(Spoken)] is not Spoken spoken)
        {
            context.Items[typeof(Spoken)] = spoken = new Spoken();
        }

        return spoken;
    }

    internal void Note(bool isMissing) => _ = isMissing ? _missing++ : _found++;
}
