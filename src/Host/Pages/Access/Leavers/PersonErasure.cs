using Assize.Host.Wording;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Leavers;

/// <summary>That what is personal of somebody who left be erased, as the identity server has it.</summary>
/// <param name="Name">Of whom; a mark in its place once it is erased.</param>
/// <param name="Status">"requested", "approved" or "refused".</param>
public sealed record PersonErasure(
    string Id, string Subject, string Name, string Reason, string Status, string RequestedBy, string? RequestedByName, DateTimeOffset RequestedAt, string? DecidedByName, DateTimeOffset? DecidedAt)
{
    public bool IsOpen => Status == "requested";

    public string State => Status switch { "approved" => "Erased", "refused" => "Refused", _ => "Waits for a decision" };

    public string? StateColour => Status switch { "approved" => "green", "refused" => "grey", _ => "yellow" };

    public string Called(IStringLocalizer<AdministrationText> text) => Status == "approved" ? text["Somebody whose name is erased"] : Name;
}
