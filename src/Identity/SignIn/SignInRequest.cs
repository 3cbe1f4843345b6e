using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;

namespace Assize.Identity.SignIn;

/// <summary>What an application asked of a sign-in, on its way through the choice of an agency.</summary>
internal sealed record SignInRequest
{
    private const int LongestHint = 320;

    [FromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; init; }

    /// <summary>The upstream to go to, chosen by the person or by the application. Nothing else decides: no address, no domain.</summary>
    [FromQuery(Name = "agency")]
    public string? Agency { get; init; }

    [FromQuery(Name = "login_hint")]
    public string? LoginHint { get; init; }

    /// <summary>Seconds.</summary>
    [FromQuery(Name = "max_age")]
    public string? MaxAge { get; init; }

    [FromQuery(Name = "prompt")]
    public string? Prompt { get; init; }

    /// <summary>"2" where a second factor is wanted.</summary>
    [FromQuery(Name = "acr")]
    public string? Acr { get; init; }

    /// <summary>"cy" where the application speaks Welsh to the person.</summary>
    [FromQuery(Name = Languages.Parameter)]
    public string? Language { get; init; }

    public static SignInRequest Of(OpenIddictRequest request, string returnUrl) => new()
    {
        ReturnUrl = returnUrl,
        Agency = (string?)request["agency"],
        LoginHint = request.LoginHint,
        MaxAge = request.MaxAge?.ToString(CultureInfo.InvariantCulture),
        Prompt = request.HasPromptValue(OpenIddictConstants.PromptValues.Login) ? OpenIddictConstants.PromptValues.Login : null,
        Acr = request.GetAcrValues().Contains("2") ? "2" : null,
        Language = request.UiLocales?.Split(' ').Contains(Languages.Welsh) == true ? Languages.Welsh : null,
    };

    /// <summary>Straight to the agency that the application named, else to the page that asks.</summary>
    public string Address => (string.IsNullOrEmpty(Agency) ? "/signin" : "/signin/start") + Query;

    public string Query => QueryString.Create(Pairs.Where(pair => !string.IsNullOrEmpty(pair.Value))).ToString();

    public bool AsksForTwoFactors => Acr == "2";

    public bool AsksToSignInAgain => Prompt == OpenIddictConstants.PromptValues.Login;

    public string? Hint => LoginHint is { Length: > 0 and <= LongestHint } hint && !hint.Any(char.IsControl) ? hint : null;

    public IEnumerable<KeyValuePair<string, string?>> Pairs =>
    [
        new("returnUrl", ReturnUrl), new("agency", Agency), new("login_hint", LoginHint), new("max_age", MaxAge), new("prompt", Prompt), new("acr", Acr), new(Languages.Parameter, Language),
    ];
}
