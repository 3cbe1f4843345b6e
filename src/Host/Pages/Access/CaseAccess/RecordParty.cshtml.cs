using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Participants;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class RecordPartyModel(CaseAccessQueries cases, AgencyPeople people, PartyRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    private static readonly Fault s_nobody = new("person", "There is no account of that name. Enter it as their agency tells it to you");

    public CaseAccessView View { get; private set; } = null!;
    public WhoField Who { get; private set; } = new("person", "Who is it?") { Hint = "Their name, if they are of your agency; else their account, as their agency tells it to you" };
    public string? Part { get; private set; }

    /// <summary>What whoever is meant is called: by name where they are of the own agency.</summary>
    public string Name => Who.Found?.Name ?? Who.Account!;

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string urn, string? person, string? part, string? step, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        (Part, Who) = (part, Who with { Typed = person, Matches = await people.FindAsync(caller, person, ct) });
        if (step == "edit")
        {
            return Page();
        }

        Fault?[] faults = [Who.Account is null ? new Fault("person", Who.Problem) : null, RecordParty.Parts.Contains(part) ? null : new Fault("part", "Choose as what")];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        if (step != "save")
        {
            return await whatIf.RunAsync(caller, new SimulatedChange { Urn = View.Urn, AddParty = Who.Account }, ct) is { } change ? Shows(change) : Unfit(s_nobody);
        }

        return await run.RecordAsync(caller, Posted(), View.Urn, Who.Account!, part!, ct) switch
        {
            Refused { Code: "person-unknown" } => Unfit(s_nobody),
            var answer => Ended(answer, "They are recorded as a party, and no role of theirs opens the case.", $"/cases/{View.Urn}/access"),
        };
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return view.Parties is null ? StatusCode(StatusCodes.Status403Forbidden) : null;
    }
}
