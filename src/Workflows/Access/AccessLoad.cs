using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Access;

/// <summary>Facts made from loaded rows; a command loads those rows in its own round trip.</summary>
public static class AccessLoad
{
    /// <summary>Adds the caller's rows, and of the home roles the one named, to a command's load round trip.</summary>
    /// <param name="real">The real clock: roles are live by it.</param>
    public static void Caller(UnitLoad load, Caller caller, string role, DateTimeOffset real)
    {
        load.One<Person>("t.subject = @subject", ("subject", caller.Subject));
        load.One<Agency>("t.id = @agency", ("agency", caller.Agency));
        load.One<HomeRole>(
            "t.subject = @subject AND t.role = @role AND t.from_at <= @real AND (t.to_at IS NULL OR t.to_at > @real)",
            ("subject", caller.Subject), ("role", role), ("real", real));
    }

    /// <summary>The caller as loaded; null where the directory does not know them.</summary>
    public static PersonFacts? Caller(UnitSession session) => session.One<Person>() is { } person
        ? Person(person, session.One<Agency>()?.Status, session.One<HomeRole>() is { } role ? [role] : [], session.RecordedAt)
        : null;

    public static TaskFacts Task(WorkTask task) =>
        new(task.Id, task.CaseId, task.LaneAgency, task.LaneRole, task.Assignee, Set(JsonSerializer.Deserialize<string[]>(task.NotBy) ?? []));

    internal static PersonFacts Person(Person person, string? agencyStatus, IEnumerable<HomeRole> roles, DateTimeOffset now) =>
        new(person.Agency, person.IsSystem, person.Status, agencyStatus ?? DirectoryStatus.Suspended,
            Set(roles.Where(role => role.From <= now && (role.To is null || now < role.To)).Select(role => role.Role)));

    internal static IReadOnlySet<string> Set(IEnumerable<string> values) => values.ToHashSet(StringComparer.Ordinal);
}
