using Assize.Engine.Instances;
using Assize.Engine.Moments;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

/// <summary>Where the case would have gone, had a task been answered otherwise. Its address holds everything that was said; nothing is kept.</summary>
public sealed class WhatIfModel(MomentQueries moments, DefinitionQueries definitions, Caller caller) : PageModel
{
    // Longer addresses are cut by some browsers and proxies.
    private const int MostAnswers = 20;

    private IReadOnlyList<string> _said = [];

    public SeenFork Seen { get; private set; } = null!;
    public Drawings Drawings { get; private set; } = null!;
    public string Outcome { get; private set; } = "";
    public IReadOnlyList<ForkLine> Waits { get; private set; } = [];

    /// <param name="outcome">In place of the real one.</param>
    /// <param name="then">"wait" or "wait~outcome", in the order in which it is said to the copy.</param>
    public async Task<IActionResult> OnGetAsync(string urn, int entry, string? outcome, string[]? then, CancellationToken ct)
    {
        (Outcome, _said) = (outcome ?? "", then ?? []);
        if (Outcome.Length == 0 || _said.Count > MostAnswers
            || await moments.HadItBeenAsync(caller, urn, entry, Outcome, [.. _said.Select(Answer)], ct) is not { } seen)
        {
            return NotFound();
        }

        (Seen, Drawings) = (seen, await Drawings.OfAsync(seen.Process, definitions, ct));
        Waits = seen.Fork.Stopped is null && _said.Count < MostAnswers ? [.. seen.Fork.State.Waits.Select(Line).OfType<ForkLine>()] : [];
        return Page();
    }

    public string Base => $"/cases/{Seen.Process.Urn}/history/{Seen.Entry.Entry}";

    public HistoryItem Entry => Seen.Entry;

    private string Address(string next) => $"{Base}/what-if?outcome={Uri.EscapeDataString(Outcome)}"
        + string.Concat(_said.Append(next).Select(said => $"&then={Uri.EscapeDataString(said)}"));

    private ForkLine? Line(Wait wait) => wait.Kind switch
    {
        WaitKind.Task => new ForkLine(wait.Name, [.. (wait.Spec?["outcomes"]?.AsArray() ?? [])
            .Select(outcome => (string)outcome!).Select(outcome => (Words.Plain(outcome), Address($"{wait.Id}~{outcome}")))]),
        WaitKind.Timer => new ForkLine(wait.Name, [($"{London.Long(wait.Due!.Value)} comes", Address(wait.Id))]),
        WaitKind.Event => new ForkLine(Words.Plain(wait.Name), [("It happens", Address(wait.Id))]),
        _ => null,
    };

    private static ForkAnswer Answer(string said) => said.Split('~', 2) is [var wait, var outcome] ? new(wait, outcome) : new(said, null);
}

/// <summary>What the copy waits for, and what can be said to it.</summary>
public sealed record ForkLine(string Title, IReadOnlyList<(string Text, string Href)> Answers);
