namespace Assize.Host.Tests.Designer.Routes;

/// <summary>Every route of the designer: what it answers to whoever may ask, and of what is not there.</summary>
internal static class StudioRouteTable
{
    private const string NoName = "it names nothing that could be missing";
    private const string OnlyRetracted = "A published version is never deleted";
    private const string EmptyZip = "PK\u0005\u0006";
    private const string OnlyPractice = "Only practice cases are cancelled or deleted here";

    public static IReadOnlyList<StudioRoute> All { get; } = [.. Definitions(), .. Descriptors(), .. Drafts(), .. Several(), .. Instances(), .. Executions(), .. Practice()];

    private static IEnumerable<StudioRoute> Definitions() =>
    [
        Look("GET", "/features/installed", Ok("/features/installed", "\"Elsa.RealTimeWorkflowUpdates\"")),
        Look("GET", "/workflow-definitions/by-definition-id/{id}",
            Ok("/workflow-definitions/by-definition-id/intake?versionOptions=Latest", "\"links\""), None("/workflow-definitions/by-definition-id/nowhere?versionOptions=Latest")),
        Look("GET", "/workflow-definitions/by-id/{id}", Ok("/workflow-definitions/by-id/intake@1", "\"root\""), None("/workflow-definitions/by-id/nowhere@1")),
        Look("GET", "/workflow-definitions",
            Ok("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=intake&OrderBy=Version&OrderDirection=Descending", "\"intake@1\""),
            Ok("/workflow-definitions?versionOptions=&Ids=nowhere@1", "\"items\":[]")),
        Look("GET", "/workflow-definitions/validation/is-name-unique",
            Ok("/workflow-definitions/validation/is-name-unique?name=Nobody%20has%20this&definitionId=", "\"isUnique\":true")),
        Look("GET", "/workflow-definitions/subgraph/{versionId}",
            Ok("/workflow-definitions/subgraph/intake@1?parentNodeId=Workflow1:intake-flow", "\"activity\""), None("/workflow-definitions/subgraph/nowhere@1?parentNodeId=Workflow1")),
        Look("GET", "/workflow-definitions/subgraph/segments/{versionId}",
            Ok("/workflow-definitions/subgraph/segments/intake@1?childNodeId=Workflow1:intake-flow:validate", "\"pathSegments\""),
            None("/workflow-definitions/subgraph/segments/intake@1?childNodeId=Workflow1:nowhere")),
        Look("GET", "/workflow-definitions/{id}/export",
            Ok("/workflow-definitions/intake/export?versionOptions=1&includeConsumingWorkflows=False", "\"root\""), None("/workflow-definitions/nowhere/export?versionOptions=1")),
        Look("POST", "/scripting/javascript/type-definitions/{id}",
            Ok("/scripting/javascript/type-definitions/mags-charged", "declare function getVariable(name: "), Ok("/scripting/javascript/type-definitions/nowhere", "")),
    ];

    private static IEnumerable<StudioRoute> Descriptors() =>
    [
        Look("GET", "/descriptors/activities", Ok("/descriptors/activities?Refresh=True", "\"Assize.CaseTask\"")),
        Look("POST", "/descriptors/activities/{type}/options/{input}",
            Ok("/descriptors/activities/Assize.CaseTask/options/Form", "initial-review"), Ok("/descriptors/activities/Vendor.Unknown/options/Form", "\"items\":{}")),
        .. new[] { "expression-descriptors", "variables", "storage-drivers", "workflow-activation-strategies", "incident-strategies" }
            .Select(list => Look("GET", $"/descriptors/{list}", Ok($"/descriptors/{list}", "\"items\":[{"))),
        .. new[] { "log-persistence-strategies", "commit-strategies/workflows", "commit-strategies/activities", "output-converters" }
            .Select(list => Look("GET", $"/descriptors/{list}", Ok($"/descriptors/{list}?sourceType=String&destinationType=String", "\"items\":[]"))),
    ];

    private static IEnumerable<StudioRoute> Drafts() =>
    [
        Draw("POST", "/workflow-definitions", Ok("/workflow-definitions", "\"workflowDefinition\"", """{"model":{model},"publish":false}"""),
            Ok("/workflow-definitions", "\"definitionId\":\"{new}\"", """{"model":{"definitionId":"{new}","name":"{new}","root":{"id":"f","type":"Elsa.Flowchart","version":1,"activities":[],"connections":[]}},"publish":false}""")),
        Draw("POST", "/workflow-definitions/import", Ok("/workflow-definitions/import", "\"links\"", "{model}"), new("/workflow-definitions/import", 400, "Nothing was stored", "[]")),
        Draw("POST", "/workflow-definitions/{id}/publish",
            new("/workflow-definitions/{draft}/publish", 400, "waits for another process owner", "{}"), new("/workflow-definitions/nowhere/publish", 400, "There is no draft", "{}")),
        Draw("POST", "/workflow-definitions/{id}/revert/{version:int}",
            Ok("/workflow-definitions/{published}/revert/1", "\"version\":3", "{}"), new("/workflow-definitions/nowhere/revert/1", 400, "was never published", "{}")),
        Draw("POST", "/workflow-definitions/{id}/retract",
            Ok("/workflow-definitions/{published}/retract", "\"isPublished\":false", "{}"), new("/workflow-definitions/nowhere/retract", 400, "No version of it is published", "{}")),
        Draw("DELETE", "/workflow-definitions/{id}", new("/workflow-definitions/{draft}", 204, ""), new("/workflow-definitions/nowhere", 400, OnlyRetracted)),
        Draw("DELETE", "/workflow-definition-versions/{versionId}", new("/workflow-definition-versions/{draft}@1", 204, ""), new("/workflow-definition-versions/nowhere@1", 400, OnlyRetracted)),
    ];

    private static IEnumerable<StudioRoute> Several() =>
    [
        Draw("POST", "/bulk-actions/delete/workflow-definitions/by-definition-id",
            Ok("/bulk-actions/delete/workflow-definitions/by-definition-id", "\"deleted\":1", """{"definitionIds":["{draft}"]}"""),
            Ok("/bulk-actions/delete/workflow-definitions/by-definition-id", "1 have no draft that you may delete", """{"definitionIds":["nowhere"]}""")),
        Draw("POST", "/bulk-actions/delete/workflow-definitions/by-id",
            Ok("/bulk-actions/delete/workflow-definitions/by-id", "\"deleted\":1", """{"ids":["{draft}@1"]}"""),
            Ok("/bulk-actions/delete/workflow-definitions/by-id", "1 have no draft that you may delete", """{"ids":["nowhere@1"]}""")),
        Draw("POST", "/bulk-actions/publish/workflow-definitions/by-definition-ids",
            Ok("/bulk-actions/publish/workflow-definitions/by-definition-ids", "{draft}: waits for another process owner", """{"definitionIds":["{draft}"]}"""),
            Ok("/bulk-actions/publish/workflow-definitions/by-definition-ids", "\"alreadyPublished\":[\"nowhere\"]", """{"definitionIds":["nowhere"]}""")),
        Draw("POST", "/bulk-actions/retract/workflow-definitions/by-definition-ids",
            Ok("/bulk-actions/retract/workflow-definitions/by-definition-ids", "\"retracted\":[\"{published}\"]", """{"definitionIds":["{published}"]}"""),
            Ok("/bulk-actions/retract/workflow-definitions/by-definition-ids", "\"retracted\":[]", """{"definitionIds":["nowhere"]}""")),
        Look("POST", "/bulk-actions/export/workflow-definitions",
            Ok("/bulk-actions/export/workflow-definitions", "intake-1.json", """{"ids":["intake@1"]}"""), Ok("/bulk-actions/export/workflow-definitions", EmptyZip, """{"ids":["nowhere@1"]}""")),
    ];

    private static IEnumerable<StudioRoute> Instances() =>
    [
        Seen("POST", "/workflow-instances", Ok("/workflow-instances", "\"{instance}\"", """{"searchTerm":"{instance}"}"""), Ok("/workflow-instances", "\"totalCount\":0", """{"searchTerm":"nowhere"}""")),
        Seen("GET", "/workflow-instances/{id}", Ok("/workflow-instances/{instance}", "\"workflowState\""), None("/workflow-instances/nowhere")),
        Seen("GET", "/workflow-instances/{id}/execution-state", Ok("/workflow-instances/{instance}/execution-state", "\"updatedAt\""), None("/workflow-instances/nowhere/execution-state")),
        Seen("GET", "/workflow-instances/{id}/variables", Ok("/workflow-instances/{instance}/variables", "\"items\":[{\"id\""), None("/workflow-instances/nowhere/variables")),
        Seen("GET", "/workflow-instances/{id}/export", Ok("/workflow-instances/{instance}/export", "\"journal\""), None("/workflow-instances/nowhere/export")),
        Seen("POST", "/workflow-instances/{id}/journal",
            Ok("/workflow-instances/{instance}/journal?skip=0&take=1", "\"eventName\":\"Started\"", "{}"), None("/workflow-instances/nowhere/journal", "{}")),
        Seen("POST", "/bulk-actions/export/workflow-instances",
            Ok("/bulk-actions/export/workflow-instances", "instance-{instance}.json", """{"ids":["{instance}"]}"""), Ok("/bulk-actions/export/workflow-instances", EmptyZip, """{"ids":["nowhere"]}""")),
    ];

    private static IEnumerable<StudioRoute> Executions() =>
    [
        Seen("POST", "/activity-executions/report", Ok("/activity-executions/report", "\"startedCount\"", """{"workflowInstanceId":"{instance}"}"""), None("/activity-executions/report", """{"workflowInstanceId":"nowhere"}""")),
        Seen("GET", "/activity-execution-summaries/list", Ok("/activity-execution-summaries/list?WorkflowInstanceId={instance}", "\"hasBookmarks\""), None("/activity-execution-summaries/list?WorkflowInstanceId=nowhere")),
        Seen("GET", "/activity-executions/list", Ok("/activity-executions/list?WorkflowInstanceId={instance}", "\"activityState\""), None("/activity-executions/list?WorkflowInstanceId=nowhere")),
        Seen("GET", "/activity-executions/by-id", Ok("/activity-executions/by-id?id={execution}", "\"{execution}\""), None("/activity-executions/by-id?id={instance}.nowhere")),
        Seen("GET", "/activity-executions/{id}/call-stack", Ok("/activity-executions/{execution}/call-stack", "\"totalCount\""), None("/activity-executions/{instance}.nowhere/call-stack")),
        new("GET", "/resilience/retries/{id}", Door.Seen, Ok("/resilience/retries/x", "\"items\":[]"), null, "nothing is ever tried again by itself, whatever is asked for"),
    ];

    private static IEnumerable<StudioRoute> Practice() =>
    [
        .. new[] { "execute", "dispatch" }.Select(how => Draw("POST", $"/workflow-definitions/{{id}}/{how}",
            Ok($"/workflow-definitions/{{draft}}/{how}", "x-elsa-workflow-instance-id", "{}"), Ok($"/workflow-definitions/nowhere/{how}", "x-elsa-workflow-cannot-start", "{}"))),
        Draw("POST", "/cancel/workflow-instances/{id}", Ok("/cancel/workflow-instances/{practice}", "\"cancelled\":1", "{}"), Ok("/cancel/workflow-instances/nowhere", OnlyPractice, "{}")),
        Draw("DELETE", "/workflow-instances/{id}", Ok("/workflow-instances/{practice}", "\"deleted\":1"), Ok("/workflow-instances/nowhere", OnlyPractice)),
        Draw("POST", "/bulk-actions/delete/workflow-instances/by-id",
            Ok("/bulk-actions/delete/workflow-instances/by-id", "\"deleted\":1", """{"ids":["{practice}"]}"""), Ok("/bulk-actions/delete/workflow-instances/by-id", OnlyPractice, """{"ids":["nowhere"]}""")),
        Draw("POST", "/bulk-actions/cancel/workflow-instances",
            Ok("/bulk-actions/cancel/workflow-instances", "\"cancelled\":1", """{"ids":["{practice}"]}"""), Ok("/bulk-actions/cancel/workflow-instances", OnlyPractice, """{"ids":["nowhere"]}""")),
        new("POST", "/bulk-actions/import/workflow-instances", Door.Draw, Ok("/bulk-actions/import/workflow-instances", "Nothing was changed", "{}"), null, "nothing is taken in, whatever is sent"),
        .. new[] { "submit", "run", "dry-run" }.Select(how =>
            new StudioRoute("POST", $"/alterations/{how}", Door.Draw, new($"/alterations/{how}", 409, "Nothing was changed", "{}"), null, "it is not offered, whatever is named")),
        new("POST", "/tests/activities", Door.Draw, Ok("/tests/activities", "Run the workflow", "{}"), null, "it is not offered, whatever is named"),
    ];

    private static StudioRoute Look(string method, string pattern, StudioQuestion asked, StudioQuestion? unknown = null) =>
        new(method, pattern, Door.Look, asked, unknown, unknown is null ? NoName : "");

    private static StudioRoute Seen(string method, string pattern, StudioQuestion asked, StudioQuestion unknown) => new(method, pattern, Door.Seen, asked, unknown);

    private static StudioRoute Draw(string method, string pattern, StudioQuestion asked, StudioQuestion unknown) => new(method, pattern, Door.Draw, asked, unknown);

    private static StudioQuestion Ok(string path, string part, string? body = null) => new(path, 200, part, body);

    private static StudioQuestion None(string path, string? body = null) => new(path, 404, "", body);
}
