using System.Text.Json;
using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class NewModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    private static readonly JsonElement s_noKey = JsonSerializer.SerializeToElement("");

    [BindProperty]
    public EnrolmentForm Typed { get; set; } = new();

    public IReadOnlyList<Choice> AgencyKinds => [.. ((string[])["police", "prosecutor", "court", "defence", "platform"]).Select(kind => new Choice(kind, Text[EnrolmentWords.AgencyKind(kind)]))];

    public IReadOnlyList<Choice> Kinds =>
    [
        new Choice("entra", Text[EnrolmentWords.Kind("entra")], Text["The agency’s tenant. One application of this platform serves all tenants."]),
        new Choice("oidc", Text[EnrolmentWords.Kind("oidc")], Text["Any provider of OpenID Connect. The agency registers this platform there."]),
    ];

    public IReadOnlyList<Choice> Ways => [.. ((string[])["private_key_jwt", "client_secret_post", "client_secret_basic"]).Select(way => new Choice(way, Text[EnrolmentWords.Authentication(way)]))];

    public IReadOnlyList<Choice> Newcomers => [new Choice("yes", Text["Make an account without a role for whoever signs in first"], Text["Otherwise only people whom the agency announced by provisioning come in."])];

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["upstream"] = "agency" };

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await SendAsync<Enrolment>(HttpMethod.Post, "upstreams/enrolments", Typed.Draft(AgencyKey()), ct);
        return answer.IsDone
            ? DoneAt($"{EnrolmentAddress.Root}/{Segment(answer.Value!.Id)}", "{0} is being connected. Follow the steps.", answer.Value.AgencyName)
            : Refuse(answer with { Errors = DraftFaults.InWords(answer.Errors) });
    }

    // What is no JSON is no key; the server says so beside the other faults.
    private JsonElement AgencyKey()
    {
        try
        {
            return JsonDocument.Parse(Typed.AgencyKey ?? "").RootElement;
        }
        catch (JsonException)
        {
            return s_noKey;
        }
    }
}

/// <summary>What is typed of an agency's sign-in. The secret is never shown again.</summary>
public sealed class EnrolmentForm
{
    public string? Agency { get; set; }
    public string? AgencyName { get; set; }
    public string? AgencyKind { get; set; }
    public string? Contact { get; set; }
    public string? Kind { get; set; }
    public string? Issuer { get; set; }
    public string? ClientId { get; set; }
    public string? Authentication { get; set; }
    public string? ClientSecret { get; set; }
    public string? TwoFactors { get; set; }
    public string? ExternalIdClaim { get; set; }

    /// <summary>"yes", or nothing.</summary>
    public IReadOnlyList<string>? Newcomers { get; set; }
    public string? AgencyKey { get; set; }

    public object Draft(JsonElement key) => new
    {
        Upstream = Agency?.Trim() ?? "",
        Agency = Agency?.Trim() ?? "",
        AgencyKind = AgencyKind ?? "",
        AgencyName = AgencyName?.Trim() ?? "",
        Kind = Kind ?? "",
        Issuer = Issuer?.Trim() ?? "",
        ClientId = Trimmed(ClientId),
        Authentication = Kind == "entra" ? null : Authentication,
        ClientSecret = Trimmed(ClientSecret),
        AdmitsNewcomers = Newcomers?.Contains("yes") == true,
        TwoFactors = (TwoFactors ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        AgencyKey = key,
        ExternalIdClaim = Trimmed(ExternalIdClaim),
        Contact = Trimmed(Contact),
    };

    private static string? Trimmed(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
