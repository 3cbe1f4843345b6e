using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;

namespace Assize.Identity.Administration;

/// <summary>One write of an admin, inside its transaction.</summary>
internal sealed record AdminWork(DirectoryUnit Unit, Admin Admin, CancellationToken Ct)
{
    public IdentityDb Db => Unit.Db;

    public DateTimeOffset Now => Unit.Now;

    /// <summary>The person with roles and teams, if the admin's agency is their home; a system is no person.</summary>
    public async Task<Account?> PersonAsync(string subject) =>
        await Unit.FindAsync(subject, Ct) is { IsSystem: false } account && account.AgencyId == Admin.Agency.Id ? account : null;

    /// <summary>The same, but never the admin, whichever account they use.</summary>
    public async Task<(Account? Person, Outcome? Refusal)> OtherAsync(string subject) => await PersonAsync(subject) switch
    {
        null => (null, Outcome.NotFound("person")),
        { } person when Admin.Is(person) => (null, Outcome.Forbidden("own_account", "Nobody administers their own account, whichever account they use. Ask another administrator.")),
        { } person => (person, null),
    };

    /// <param name="said">The reason, behind any name that somebody typed: names may be people's, and the detail is chained for ever.</param>
    public void Audit(string action, string kind, string id, string? said, object? detail = null) =>
        AuditLog.Record(Db, Now, Admin.Actor, action, kind, id, detail is null ? null : JsonSerializer.Serialize(detail, BodyReader.Json), said);
}
