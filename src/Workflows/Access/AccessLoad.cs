using System.Text.Json;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Access;

/// <summary>Facts made from loaded rows; a command loads those rows in its own round trip.</summary>
public static class AccessLoad
{
    public static TaskFacts Task(WorkTask task) =>
        new(task.Id, task.CaseId, task.LaneAgency, task.LaneRole, task.Assignee, Set(JsonSerializer.Deserialize<string[]>(task.NotBy) ?? []));

    internal static PersonFacts Person(Person person, string? agencyStatus, IEnumerable<HomeRole> roles, DateTimeOffset now) =>
        new(person.Agency, person.IsSystem, person.Status, agencyStatus ?? DirectoryStatus.Suspended,
            Set(roles.Where(role => role.From <= now && (role.To is null || now < role.To)).Select(role => role.Role)));

    internal static IReadOnlySet<string> Set(IEnumerable<string> values) => values.ToHashSet(StringComparer.Ordinal);
}
