using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class EnrolmentModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller) : AdministrationPage(identity, text)
{
    public Enrolment Item { get; private set; } = null!;
    public string Address => EnrolmentAddress.Of(Item.Id);
    public IReadOnlyList<EnrolmentTask> Tasks => EnrolmentTask.Of(Item, caller.Subject);

    /// <summary>What is typed for the agency to copy, where this platform proves itself with a key.</summary>
    public string? ClientKey => Item.ClientKey is null ? null : System.Text.Json.JsonSerializer.Serialize(Item.ClientKey);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : Refusal;

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<Enrolment>(EnrolmentAddress.AtServer(id), ct);
        Item = found!;
        return found is not null;
    }
}
