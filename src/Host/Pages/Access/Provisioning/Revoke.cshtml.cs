using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class RevokeModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public TokenLine Token { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        if (Token.RevokedAt is not null)
        {
            AddFault(null, "This token is revoked already. Nothing was changed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        var answer = await SendAsync<TokenLine>(HttpMethod.Post, $"provisioning/tokens/{Segment(id)}/revoke", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/provisioning", "The token {0} is revoked.", Token.Label) : Refuse(answer);
    }

    private async Task<IActionResult?> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<DirectoryList<TokenLine>>("provisioning/tokens", ct) is not { } tokens)
        {
            return Refusal;
        }

        var found = tokens.Items.FirstOrDefault(token => token.Id == id);
        Token = found!;
        return found is null ? NotFound() : null;
    }
}
