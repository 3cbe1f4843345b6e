using System.Text.Json;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <summary>A request as the administrators who decide about it see it.</summary>
internal sealed record RequestEntry(
    string Id, string Subject, string Role, string Status, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string Reason, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    /// <summary>The beneficiary's; of another agency for the platform, which appoints first administrators.</summary>
    public string? Name { get; init; }
    public string? RequestedByName { get; init; }
    public string? DecidedByName { get; init; }

    /// <summary>The role as it would be given.</summary>
    public required RoleEntry Gift { get; init; }
}

/// <summary>Requests of the administrator's own agency.</summary>
internal static class RoleRequests
{
    private const int Most = 100;

    /// <summary>The newest first.</summary>
    public static async Task<Outcome> ListAsync(IdentityDb db, Admin admin, string? status, CancellationToken ct)
    {
        string asked = status ?? RequestStatus.Requested;
        List<RoleRequest> found = await db.RoleRequests.AsNoTracking().Where(request => request.AgencyId == admin.Agency.Id && request.Status == asked)
            .OrderByDescending(request => request.RequestedAt).Take(Most).ToListAsync(ct);
        return Outcome.Done(new Page<RequestEntry>(await EntriesAsync(db, found, ct), null));
    }

    public static async Task<Outcome> DetailAsync(IdentityDb db, Admin admin, string id, CancellationToken ct) =>
        await db.RoleRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id && request.AgencyId == admin.Agency.Id, ct) is { } found
            ? Outcome.Done((await EntriesAsync(db, [found], ct))[0])
            : Outcome.NotFound("request");

    public static async Task<IReadOnlyList<RequestEntry>> EntriesAsync(IdentityDb db, IReadOnlyList<RoleRequest> requests, CancellationToken ct)
    {
        string[] subjects = [.. requests.SelectMany(request => (string?[])[request.Subject, request.RequestedBy, request.DecidedBy]).OfType<string>().Distinct()];
        Dictionary<string, string> names = await db.Accounts.AsNoTracking().Where(account => subjects.Contains(account.Subject)).ToDictionaryAsync(account => account.Subject, account => account.Name, ct);
        return [.. requests.Select(request => new RequestEntry(
            request.Id, request.Subject, request.Role, request.Status, request.RequestedBy, request.RequestedAt, request.ExpiresAt, request.Reason, request.DecidedBy, request.DecidedAt)
        {
            Name = names.GetValueOrDefault(request.Subject),
            RequestedByName = names.GetValueOrDefault(request.RequestedBy),
            DecidedByName = names.GetValueOrDefault(request.DecidedBy ?? ""),
            Gift = PersonEntries.Of(JsonSerializer.Deserialize<HomeRole>(request.Gift)!),
        })];
    }
}
