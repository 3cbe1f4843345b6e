using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class StatusModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;
    public SystemStep Step { get; private set; } = null!;

    /// <summary>Null where it can do nothing of the kind, or the read copy does not know it yet.</summary>
    public SimulatedAccess? Change { get; private set; }
    public bool CanBe => SystemStep.From(Shown.System.Status).Contains(Step);

    public async Task<IActionResult> OnGetAsync(string id, string? to, CancellationToken ct) => await LoadAsync(id, to, ct)
        ? ShowIf(CanBe, "The system is not in a state in which this can be done. Nothing was changed.")
        : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, string? to, CancellationToken ct)
    {
        if (!await LoadAsync(id, to, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, Shown.ApiPath + "/status", new { status = Step.To, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Shown.Address, Step.Done, Shown.System.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, string? to, CancellationToken ct)
    {
        var step = SystemStep.Find(to);
        Step = step!;
        if (step is null || await ReadAsync<SystemDetail>(ShownSystem.Path(id), ct) is not { } found)
        {
            return false;
        }

        Shown = new ShownSystem(found);
        Change = CanBe ? await effect.OfStatusAsync(caller, [found.System.Id], step.To, ct) : null;
        return true;
    }
}
