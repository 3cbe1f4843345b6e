using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.RoleRequests;

public sealed class RequestModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller, TimeProvider clock, RoleEffect effect)
    : AdministrationPage(identity, text)
{
    public RoleRequest Item { get; private set; } = null!;
    public bool IsOpen => Item.Status == "requested" && Item.ExpiresAt > clock.GetUtcNow();
    public bool IsOwn => Item.RequestedBy == caller.Subject || Item.Subject == caller.Subject;

    /// <summary>What approving it would change; null where it is for another to decide, or the person is of another agency.</summary>
    public SimulatedAccess? Change { get; private set; }

    public string State => (Item.Status, IsOpen) switch
    {
        ("approved", _) => "Approved",
        ("refused", _) => "Refused",
        (_, true) => "Waits for a decision",
        _ => "Too old to decide",
    };

    public string? StateColour => State switch { "Approved" => "green", "Waits for a decision" => "yellow", _ => "grey" };

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, string? decision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<RoleRequest>(HttpMethod.Post, $"requests/{Segment(id)}/decision", new { decide = decision, reason = OneLine(Reason) }, ct);
        return !answer.IsDone ? Refuse(answer)
            : decision == "approve" ? DoneAt("/access/role-requests", "{0} has the role now.", Item.Name ?? Item.Subject)
            : DoneAt("/access/role-requests", "You refused the request. Nothing was given.");
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<RoleRequest>("requests/" + Segment(id), ct);
        Item = found!;
        if (found is not null && IsOpen && !IsOwn)
        {
            Change = await effect.OfGivingAsync(caller, [found.Subject], found.Gift, ct);
        }

        return found is not null;
    }
}
