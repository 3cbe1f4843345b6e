using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, AccessSettings settings, TimeProvider clock) : AdministrationPage(identity, text)
{
    public IReadOnlyList<TokenLine> Tokens { get; private set; } = [];
    public IReadOnlyList<MappingLine> Mappings { get; private set; } = [];
    public Uri Address => new(settings.IdentityUrl, "/scim/v2");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await ReadAsync<DirectoryList<TokenLine>>("provisioning/tokens", ct) is not { } tokens
            || await ReadAsync<DirectoryList<MappingLine>>("provisioning/mappings", ct) is not { } mappings)
        {
            return Refusal;
        }

        (Tokens, Mappings) = (tokens.Items, mappings.Items);
        return Page();
    }

    public bool Works(TokenLine token) => token.RevokedAt is null && token.ExpiresAt > clock.GetUtcNow();
}
