using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

/// <summary>A page about one system of the agency.</summary>
public abstract class SystemPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public SystemDetail Detail { get; private set; } = null!;
    public SystemLine System => Detail.System;
    public string Address => "/access/systems/" + Segment(System.Id);
    public bool IsRetired => System.Status == "left";

    protected string ApiPath => "systems/" + Segment(System.Id);

    protected async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<SystemDetail>("systems/" + Segment(id), ct);
        Detail = found!;
        return found is not null;
    }

    protected const string Retired = "This system is retired. Nothing was changed. Register another.";
}
