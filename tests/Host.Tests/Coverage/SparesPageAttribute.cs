namespace Assize.Host.Tests.Coverage;

/// <summary>Says that one of the five tests does not apply to a page, and why: "no id in the address", "open to everybody".</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SparesPageAttribute(string page, PageCase spared, string because) : Attribute
{
    public string Page => page;

    public PageCase Case => spared;

    public string Because => because;
}
