namespace Assize.Workflows.Rules;

/// <summary>A text in English and, where it is there, in Welsh.</summary>
public sealed record LocalText(string En, string? Cy = null)
{
    public string In(string language) => language == "cy" && Cy is not null ? Cy : En;
}
