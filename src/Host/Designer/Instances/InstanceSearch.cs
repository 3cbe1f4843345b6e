using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Host.Queries;
using Assize.Workflows.Practice;

namespace Assize.Host.Designer.Instances;

/// <summary>What Studio's list of instances asks for.</summary>
internal sealed class InstanceSearch(JsonObject asked)
{
    private const int LargestPage = 100;

    public int Page { get; } = Math.Clamp(asked.WholeNumberOf("page") ?? 0, 0, 100_000);
    public int PageSize { get; } = Math.Clamp(asked.WholeNumberOf("pageSize") ?? 10, 1, LargestPage);
    public string Term { get; } = (asked.TextOf("searchTerm") ?? "").Trim();

    /// <summary>The lines that fit, in the order asked for.</summary>
    public IReadOnlyList<InstanceLine> Of(IEnumerable<InstanceLine> lines)
    {
        var found = lines.Where(Fits);
        var descending = asked.TextOf("orderDirection") != "Ascending";
        return [.. asked.TextOf("orderBy") switch
        {
            "Name" => Ordered(found, line => line.Name, descending),
            "Status" => Ordered(found, line => line.SubStatus, descending),
            "Incidents" => Ordered(found, line => line.Incidents, descending),
            "Updated" or "UpdatedAt" or "LastExecuted" => Ordered(found, line => line.UpdatedAt, descending),
            "Finished" or "FinishedAt" => Ordered(found, line => line.FinishedAt, descending),
            _ => Ordered(found, line => line.CreatedAt, descending),
        }];
    }

    private static IEnumerable<InstanceLine> Ordered<T>(IEnumerable<InstanceLine> lines, Func<InstanceLine, T> by, bool descending) =>
        (descending ? lines.OrderByDescending(by) : lines.OrderBy(by)).ThenBy(line => line.Id, StringComparer.Ordinal);

    private bool Fits(InstanceLine line)
    {
        var status = line.Running ? nameof(InstanceStatus.Running) : nameof(InstanceStatus.Finished);
        var drawing = PracticeCase.Behind(line.DefinitionId)?.DefinitionId ?? line.DefinitionId;
        return (asked.TextOf("definitionId") is not { Length: > 0 } definition || drawing == definition)
            && OneOf("definitionIds", drawing)
            && (asked.WholeNumberOf("version") is not { } version || line.Version == version)
            && (asked.TextOf("correlationId") is not { Length: > 0 } correlation || line.CorrelationId == correlation || line.Reference == correlation)
            && (asked["hasIncidents"]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) || asked.FlagOf("hasIncidents") == line.Incidents > 0)
            && Is("status", status) && OneOf("statuses", status)
            && Is("subStatus", line.SubStatus) && OneOf("subStatuses", line.SubStatus)
            && asked.ArrayOf("timestampFilters").OfType<JsonObject>().All(filter => IsWithin(filter, line));
    }

    private bool Is(string member, string value) => asked.TextOf(member) is not { Length: > 0 } wanted || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    private bool OneOf(string member, string value) =>
        asked.ArrayOf(member) is not { Count: > 0 } wanted || wanted.Any(one => string.Equals(one.AsText(), value, StringComparison.OrdinalIgnoreCase));

    private static bool IsWithin(JsonObject filter, InstanceLine line)
    {
        DateTimeOffset? at = filter.TextOf("column") switch
        {
            "UpdatedAt" => line.UpdatedAt,
            "FinishedAt" => line.FinishedAt,
            _ => line.CreatedAt,
        };
        if (!DateTimeOffset.TryParse(filter.TextOf("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound))
        {
            return true;
        }

        return filter.TextOf("operator") switch
        {
            "Is" => IsIn(at, bound),
            "IsNot" => !IsIn(at, bound),
            "GreaterThan" => at > bound,
            "LessThan" => at < bound,
            "LessThanOrEqual" => at <= bound,
            _ => at >= bound,
        };
    }

    // Whoever names a day and no time means all of it; a time is named by its minute.
    private static bool IsIn(DateTimeOffset? at, DateTimeOffset bound) =>
        at >= bound && at < bound + (bound.TimeOfDay == TimeSpan.Zero ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1));
}
