using Assize.Host.Access;

namespace Assize.Host.Pages.Access.Systems;

/// <summary>A system as its pages show it.</summary>
public sealed record ShownSystem(SystemDetail Detail)
{
    public const string Retired = "This system is retired. Nothing was changed. Register another.";

    public SystemLine System => Detail.System;
    public string Address => "/access/" + ApiPath;
    public string ApiPath => Path(System.Id);
    public bool IsRetired => System.Status == "left";

    public static string Path(string id) => "systems/" + Uri.EscapeDataString(id);

    public SystemKeyLine? Key(string id) => Detail.Keys.FirstOrDefault(key => key.Id == id);
}
