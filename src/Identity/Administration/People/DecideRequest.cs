using System.Text.Json;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <summary>The second admin's answer. Whoever asked must still be entitled when it is given, and nobody decides about themselves or alone.</summary>
internal static class DecideRequest
{
    public static async Task<Outcome> DecideAsync(AdminWork work, string id, Decision decision)
    {
        if (Words.ReasonProblem(decision.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (decision.Decide is not ("approve" or "refuse"))
        {
            return Outcome.Invalid("decide", "Expected “approve” or “refuse”.");
        }
        RoleRequest? request = await work.Db.RoleRequests.SingleOrDefaultAsync(known => known.Id == id && known.AgencyId == work.Admin.Agency.Id, work.Ct);
        if (request is null || await work.Unit.FindAsync(request.Subject, work.Ct) is not { } person)
        {
            return Outcome.NotFound("request");
        }
        Account? asker = await work.Db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Subject == request.RequestedBy, work.Ct);
        if (await WhyNotAsync(work, request, person, asker) is { } refusal)
        {
            return refusal;
        }
        bool approve = decision.Decide == "approve";
        (request.Status, request.DecidedBy, request.DecidedAt) = (approve ? RequestStatus.Approved : RequestStatus.Refused, work.Admin.Account.Subject, work.Now);
        if (approve)
        {
            await GiveAsync(work, request, person);
        }
        work.Audit("request." + decision.Decide, "request", request.Id, decision.Reason, new { person = request.Subject, role = request.Role, askedBy = request.RequestedBy });
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done((await RoleRequests.EntriesAsync(work.Db, [request], work.Ct))[0]);
    }

    private static async Task<Outcome?> WhyNotAsync(AdminWork work, RoleRequest request, Account person, Account? asker) =>
        work.Admin.Is(person) ? Outcome.Forbidden("own_account", "Nobody decides about their own role, whichever account they use.")
        : asker is null || work.Admin.Is(asker) ? Outcome.Forbidden("same_person", "Whoever asked cannot approve; a second administrator must.")
        : request.Status != RequestStatus.Requested ? Outcome.Conflict("decided", "This request was decided before.")
        : request.ExpiresAt <= work.Now ? Outcome.Conflict("expired", "This request is too old. Ask again.")
        : await Admin.FindAsync(work.Db, asker.Subject, work.Now, work.Ct) is not { } still || still.Agency.Id != work.Admin.Agency.Id
            ? Outcome.Conflict("asker_not_entitled", "Whoever asked is no longer an administrator. Ask again.")
        : person.AgencyId == work.Admin.Agency.Id && !Classification.Within(JsonSerializer.Deserialize<HomeRole>(request.Gift)!.MaxClassification, work.Admin.MaxClassification)
            ? Outcome.Forbidden("class_above_own", $"Nobody approves more than their own role allows, which is {work.Admin.MaxClassification}.")
        : person.Status is AccountStatus.Suspended or AccountStatus.Left ? Outcome.Conflict("person_inactive", "The person's account is not active.")
        : null;

    private static async Task GiveAsync(AdminWork work, RoleRequest request, Account person)
    {
        HomeRole asked = JsonSerializer.Deserialize<HomeRole>(request.Gift)!;
        RoleDefinition definition = await work.Db.RoleDefinitions.AsNoTracking().SingleAsync(role => role.Role == asked.Role, work.Ct);
        asked.From = asked.From > work.Now ? asked.From : work.Now;
        asked.RecertifyBy = asked.From.AddDays(definition.RecertifyDays);
        asked.GivenBy = work.Admin.Account.Subject;
        await work.Unit.GiveAsync(person, asked, work.Ct);
    }
}
