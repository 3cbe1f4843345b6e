using System.Security.Cryptography;
using System.Text;
using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Exclusions;

/// <summary>Conflicts of several people with one case, or of one person with several cases. Each line is a declaration of its own: a bad one stays, and stops no other.</summary>
public sealed class SeveralModel(ConflictLines conflicts, DeclareExclusion declare, WhatIf whatIf, CaseDatabase database, Caller caller) : AccessForm
{
    [BindProperty]
    public string? People { get; set; }

    [BindProperty]
    public string? Cases { get; set; }

    /// <summary>Lines that can be recorded; once they are, those that were.</summary>
    public IReadOnlyList<ConflictLine> Good { get; private set; } = [];
    public IReadOnlyList<ConflictLine> Bad { get; private set; } = [];
    public int Recorded { get; private set; }

    public bool Administers => caller.HasRole(Roles.AgencyAdmin);

    public void OnGet() => People = Administers ? null : caller.Subject;

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string? step, CancellationToken ct)
    {
        if (!Administers)
        {
            People = caller.Subject;
        }

        if (step == "edit")
        {
            ModelState.Clear();
            return Page();
        }

        var (whose, with) = (ConflictLines.Of(People), ConflictLines.Of(Cases));
        if (Found(whose.Count, with.Count) is { Count: > 0 } faults)
        {
            return Unfit(faults);
        }

        var lines = await conflicts.ReadAsync(caller, whose, with, ct);
        (Good, Bad) = ([.. lines.Where(line => line.Problem is null)], [.. lines.Where(line => line.Problem is not null)]);
        if (Good.Count == 0)
        {
            return Unfit(Said());
        }

        return step == "save" ? await SaveAsync(ct) : await ShowAsync(ct);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Change = await whatIf.RunAsync(caller, new SimulatedChange
        {
            Subjects = [.. Good.Select(line => line.Person!.Subject).Distinct()],
            Urns = [.. Good.Select(line => line.Urn!).Distinct()],
            AddExclusion = true,
        }, ct);
        ModelState.Clear();
        return Page();
    }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        var request = Posted();
        List<ConflictLine> refused = [];
        CommandAnswer? first = null;
        foreach (var line in Good)
        {
            await using var db = database.CreateDbContext();
            var answer = await declare.RunAsync(db, caller, Key(request, line), new ConflictDeclared(line.Person!.Subject, line.Urn, null, null, null, Reason!), ct);
            first ??= answer;
            if (answer is Completed)
            {
                Recorded++;
            }
            else
            {
                refused.Add(line with { Problem = answer is Refused no ? AccessRefusals.Say(no).Message : "This page was used before. Check what you entered and send it again." });
            }
        }

        Bad = [.. Bad.Concat(refused).OrderBy(line => line.Number)];
        if (Bad.Count == 0)
        {
            return Ended(first!, "The conflicts are recorded, and hold at once.", "/access/exclusions");
        }

        // What could not be recorded stays to be mended; the rest is done and gone from the list.
        var left = string.Join('\n', Bad.Select(line => line.Text).Distinct());
        AskAnew();
        (People, Cases) = ConflictLines.Of(People).Count > 1 ? (left, Cases) : (People, left);
        return Unfit(Said());
    }

    /// <summary>One id for each line, so that a second click repeats them all.</summary>
    private static string Key(string request, ConflictLine line) =>
        $"{request[..Math.Min(request.Length, 32)]}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{line.Person!.Subject} {line.Urn}")))[..32]}";

    private List<Fault> Said() => [.. Bad.Select(line => new Fault(ConflictLines.Of(People).Count > 1 ? "people" : "cases", $"{line.Text}: {Text[line.Problem!]}"))];

    private List<Fault> Found(int people, int cases)
    {
        Fault?[] faults =
        [
            people == 0 ? new Fault("people", "Write at least one person") : null,
            cases == 0 ? new Fault("cases", "Write at least one case reference") : null,
            people > 1 && cases > 1 ? new Fault("cases", "Write several people for one case, or several cases for one person") : null,
            Math.Max(people, cases) > ConflictLines.Most ? new Fault(people > cases ? "people" : "cases", "Write 50 lines at most") : null,
            string.IsNullOrWhiteSpace(Reason) ? new Fault("reason", "Say why") : null,
        ];
        return [.. faults.OfType<Fault>()];
    }
}
