using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class ProofModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, AccessSettings settings) : AdministrationPage(identity, text)
{
    public Enrolment Item { get; private set; } = null!;
    public string Address => EnrolmentAddress.Of(Item.Id);
    [BindProperty]
    public string? Proof { get; set; }

    /// <summary>Whom the agency's signature is for.</summary>
    public string Audience => settings.IdentityUrl.AbsoluteUri;

    public bool CanProve => Item.Stage is "draft" or "checked";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? ShowIf(CanProve, EnrolmentAddress.GoneOn) : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return Refusal;
        }

        if (string.IsNullOrWhiteSpace(Proof))
        {
            AddFault("proof", "Enter what the agency signed");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await SendAsync<Enrolment>(HttpMethod.Post, EnrolmentAddress.AtServer(id, "proof"), new { Proof = string.Concat(Proof.Where(letter => !char.IsWhiteSpace(letter))) }, ct);
        if (answer.IsDone)
        {
            return DoneAt(Address, "The agency’s signature is right.");
        }

        if (answer.Code == "bad_proof")
        {
            AddFault("proof", "This is not the agency’s signature of this challenge: the key, the challenge, the audience or the date is another. Ask the agency to sign again");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        return Refuse(answer);
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<Enrolment>(EnrolmentAddress.AtServer(id), ct);
        Item = found!;
        return found is not null;
    }
}
