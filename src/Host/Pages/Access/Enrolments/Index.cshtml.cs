using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public IReadOnlyList<Enrolment> Open { get; private set; } = [];
    public IReadOnlyList<UpstreamLine> Upstreams { get; private set; } = [];

    /// <param name="agency">Its enrolments and sign-ins alone, where one is named.</param>
    public async Task<IActionResult> OnGetAsync(string? agency, CancellationToken ct)
    {
        if (await ReadAsync<List<Enrolment>>("upstreams/enrolments", ct) is not { } open || await ReadAsync<List<UpstreamLine>>("upstreams", ct) is not { } upstreams)
        {
            return Refusal;
        }

        Open = [.. open.Where(item => agency is null || item.Agency == agency)];
        Upstreams = [.. upstreams.Where(item => agency is null || item.Agency == agency)];
        return Page();
    }
}
