using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Requests;

public sealed class IndexModel(GrantQueries grants, Caller caller) : PageModel
{
    private static readonly (GrantBox Box, string Title)[] s_boxes =
    [
        (GrantBox.Mine, "Yours"), (GrantBox.Sponsor, "To sponsor"), (GrantBox.Consent, "To consent to"), (GrantBox.Live, "Live"), (GrantBox.Due, "To certify"),
    ];

    public IReadOnlyList<NamedGrant> Items { get; private set; } = [];
    public GrantBox Box { get; private set; }
    public string? Next { get; private set; }

    /// <summary>What approvers and administrators look at; everybody else has their own only.</summary>
    public IReadOnlyList<(GrantBox Box, string Title)> Boxes =>
        ActionTable.RolesFor(AccessActions.CertifyGrant).Any(caller.HasRole) ? s_boxes : s_boxes[..1];

    public async Task<IActionResult> OnGetAsync(string? box, string? cursor, CancellationToken ct)
    {
        Box = Boxes.FirstOrDefault(known => string.Equals(known.Box.ToString(), box, StringComparison.OrdinalIgnoreCase), s_boxes[0]).Box;
        if (await grants.ListAsync(caller, Box, cursor, ct) is not var (items, next))
        {
            return BadRequest();
        }

        Items = items;
        Next = next is null ? null : "/access/requests" + new QueryString().Add("box", Name(Box)).Add("cursor", next);
        return Page();
    }

    public static string Name(GrantBox box) => box.ToString().ToLowerInvariant();
}
