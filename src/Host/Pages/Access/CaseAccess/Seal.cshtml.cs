using Assize.Host.Components;
using Assize.Host.Pages.Access.Proposals;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

/// <summary>Proposes to seal a case, or to renew its seal, with the people who keep access.</summary>
public sealed class SealModel(CaseAccessQueries cases, AgencyPeople people, ProposalRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    /// <summary>As many as a form without script can hold; the seal can be renewed with others.</summary>
    private const int Most = 6;

    public CaseAccessView View { get; private set; } = null!;

    public IReadOnlyList<NamedLine> Lines { get; private set; } = [.. Enumerable.Range(1, Most).Select(number => new NamedLine(new WhoField($"person-{number}", "Who?"), null))];

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string urn, string? step, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        var faults = new List<Fault>();
        var lines = new List<NamedLine>();
        for (var number = 1; number <= Most; number++)
        {
            lines.Add(await ReadAsync(number, faults, ct));
        }

        Lines = lines;
        if (step == "edit")
        {
            return Page();
        }

        var named = lines.Where(line => line.Who.Account is not null && line.Role is not null).Select(line => new NamedPerson(line.Who.Account!, line.Role!)).ToList();
        if (faults.Count == 0 && named.Count == 0)
        {
            faults.Add(new Fault("person-1", "Name at least one person who keeps access, or nobody could ever open the case"));
        }

        if (ReasonFault() is { } mute)
        {
            faults.Add(mute);
        }

        if (faults.Count > 0)
        {
            return Unfit(faults);
        }

        if (step != "save")
        {
            Change = await whatIf.RunAsync(caller, new SimulatedChange { Urn = View.Urn, Seal = named }, ct);
            ModelState.Clear();
            return Page();
        }

        var kind = View.Sealed ? ProposalKind.Reseal : ProposalKind.Seal;
        return Ended(
            await run.ProposeAsync(caller, Posted(), new ProtectionProposed(View.Urn, kind, new ProtectionContent { Named = named }, Reason ?? ""), ct),
            "You proposed it. A second person of your agency must confirm.", $"/cases/{View.Urn}/access");
    }

    private async Task<NamedLine> ReadAsync(int number, List<Fault> faults, CancellationToken ct)
    {
        string typed = Request.Form[$"person-{number}"].ToString().Trim(), role = Request.Form[$"role-{number}"].ToString();
        var who = Lines[number - 1].Who with { Typed = typed, Matches = await people.FindAsync(caller, typed, ct) };
        if (typed.Length > 0 && who.Account is null)
        {
            faults.Add(new Fault(who.Name, who.Problem));
        }
        else if (typed.Length > 0 && role.Length == 0)
        {
            faults.Add(new Fault($"role-{number}", "Choose a role of people who work on cases"));
        }

        return new NamedLine(who, role.Length == 0 ? null : role);
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return view.MayProtect ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}

/// <summary>One person who keeps access, and as what.</summary>
public sealed record NamedLine(WhoField Who, string? Role);
