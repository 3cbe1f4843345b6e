namespace Assize.Host.Pages.Access.Enrolments;

/// <summary>Where an enrolment is: on pages, and at the identity server.</summary>
public static class EnrolmentAddress
{
    public const string Root = "/access/enrolments";

    /// <summary>What a page says whose step cannot be taken now.</summary>
    public const string GoneOn = "The enrolment has gone on, so this cannot be done now. Nothing was changed. Go back to it and see what is next.";

    public static string Of(string id) => $"{Root}/{Uri.EscapeDataString(id)}";

    public static string AtServer(string id, string? step = null) => $"upstreams/enrolments/{Uri.EscapeDataString(id)}{(step is null ? "" : "/" + step)}";
}
