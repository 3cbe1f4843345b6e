using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Prosecutions;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Submissions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Submissions;

public sealed class SubmissionModel(SubmissionLists submissions, ProsecutionCall intake, Caller caller) : PageModel
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public SubmissionView View { get; private set; } = null!;
    public string Authority { get; private set; } = "";
    public IReadOnlyList<FaultyValue> Correctable { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");

    [TempData]
    public string? Did { get; set; }

    public IHtmlContent? Done => Did is null ? null : Show.Success(Did);

    /// <summary>For the form only; the command asks the evaluator again.</summary>
    public bool MayCorrect => View.State == SubmissionState.Failed && ActionTable.RolesFor(AccessActions.CorrectProsecution).Any(caller.HasRole);

    public string Json => View.Prosecution.ToJsonString(s_indented);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (await submissions.FindAsync(caller, id, ct) is not { } view)
        {
            return NotFound();
        }

        (View, Authority) = (view, await submissions.AuthorityAsync(view.Authority, ct));
        Correctable = Values(view, null, []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? request, CancellationToken ct)
    {
        if (await submissions.FindAsync(caller, id, ct) is not { } view)
        {
            return NotFound();
        }

        (View, Authority) = (view, await submissions.AuthorityAsync(view.Authority, ct));
        Correctable = Values(view, Request.Form, []);
        var changed = Correctable.Where(value => (value.Value ?? "") != (value.Was ?? "")).Select(value => new CorrectionItem(value.Pointer, value.Node())).ToList();
        if (changed.Count == 0)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, [new Fault(Correctable.Count > 0 ? Correctable[0].Id : null, "Change at least one of the faulty values")]);
        }

        switch (await intake.CorrectAsync(caller, id, new CorrectionsRequest(changed), string.IsNullOrEmpty(request) ? RequestId : request, ct))
        {
            case Taken taken:
                Did = taken.State == SubmissionState.Failed ? "Your corrections are kept. Something is still wrong." : "Your corrections are kept and the message was accepted.";
                return Redirect($"/submissions/{id}");
            case CorrectionsRefused refused:
                Correctable = Values(view, Request.Form, refused.Faults);
                return Refuse(refused.Status, refused.Faults.Count > 0
                    ? [.. refused.Faults.Select(fault => new Fault(Correctable.FirstOrDefault(value => value.Pointer == fault.Pointer)?.Id, fault.Message))]
                    : [new Fault(null, refused.Message)]);
            case Forbidden { LooksAbsent: false }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case Forbidden:
                return NotFound();
            default:
                return Refuse(StatusCodes.Status409Conflict, [new Fault(null, "This page was used before. Try again.")]);
        }
    }

    private PageResult Refuse(int status, IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        ModelState.Clear();
        RequestId = Guid.NewGuid().ToString("n");
        Response.StatusCode = status;
        return Page();
    }

    private static List<FaultyValue> Values(SubmissionView view, IFormCollection? posted, IReadOnlyList<CorrectionFault> faults) =>
    [
        .. view.Problems.SelectMany(problem => problem.Related.Prepend(problem.Pointer).Where(problem.Opens).Select(pointer => (Problem: problem, Pointer: pointer)))
            .GroupBy(value => value.Pointer)
            .Select((group, index) => FaultyValue.Of(
                $"value-{index + 1}", group.Key, view.Prosecution, [.. group.Select(value => value.Problem)], posted, faults.FirstOrDefault(fault => fault.Pointer == group.Key)?.Message)),
    ];
}

/// <summary>A value that may be corrected, as one box holds it.</summary>
public sealed record FaultyValue(string Id, string Pointer, string Label, string Hint, string? Was, string? Value, string? Error)
{
    public static FaultyValue Of(
        string id, string pointer, JsonNode prosecution, IReadOnlyList<Workflows.Intake.Rules.Problem> problems, IFormCollection? posted, string? error)
    {
        var found = pointer.Split('/').Skip(1).Aggregate<string, JsonNode?>(prosecution, (node, step) => node switch
        {
            JsonObject members => members[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)],
            JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
            _ => null,
        });
        var was = found is null or JsonObject or JsonArray ? found?.ToJsonString() : found.ToString();
        return new FaultyValue(
            id, pointer, Name(pointer), string.Join(' ', problems.Select(problem => problem.Message).Distinct()), was,
            posted is null ? was : posted[pointer].ToString().Trim(), error);
    }

    /// <summary>As JSON: text stays text, numbers and yes or no become what they look like, an empty box removes the value.</summary>
    public JsonNode? Node()
    {
        if (string.IsNullOrWhiteSpace(Value))
        {
            return null;
        }

        var looksLikeJson = Value is "true" or "false" || Value[0] is '{' or '[' || (Was is not null && decimal.TryParse(Was, out _) && !Was.StartsWith('0') && decimal.TryParse(Value, out _));
        try
        {
            return looksLikeJson ? JsonNode.Parse(Value) : JsonValue.Create(Value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(Value);
        }
    }

    // "/defendants/0/personDefendant/postCode" as "Defendant 1, person defendant, post code".
    private static string Name(string pointer)
    {
        var words = new List<string>();
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(step, out var index) && words.Count > 0)
            {
                words[^1] = $"{words[^1].TrimEnd('s')} {index + 1}";
            }
            else
            {
                words.Add(words.Count == 0 ? Words.Plain(step) : Words.Plain(step).ToLowerInvariant());
            }
        }

        return string.Join(", ", words);
    }
}
