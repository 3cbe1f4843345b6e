namespace Assize.Identity.Administration;

/// <summary>What a request comes to: an answer, or a refusal with a code, in words that a person can be shown.</summary>
internal sealed record Outcome(int Status, object Body)
{
    /// <summary>What the same key is answered later, where the first answer holds a secret that is shown once.</summary>
    public object? Again { get; init; }

    public bool IsDone => Status < StatusCodes.Status400BadRequest;

    public string Code => (Body as Problem)?.Code ?? "done";

    public static Outcome Done(object body) => new(StatusCodes.Status200OK, body);

    public static Outcome Made(object body) => new(StatusCodes.Status201Created, body);

    /// <summary>Accepted, but not in force before a second admin approves.</summary>
    public static Outcome Waiting(object body) => new(StatusCodes.Status202Accepted, body);

    public static Outcome Refused(int status, string code, string detail, IReadOnlyDictionary<string, string>? errors = null) =>
        new(status, new Problem(status, code, detail, errors));

    /// <summary>What is another's is answered like what never was.</summary>
    public static Outcome NotFound(string what) => Refused(StatusCodes.Status404NotFound, "not_found", $"There is no such {what} in your agency. Nothing was changed.");

    public static Outcome Forbidden(string code, string detail) => Refused(StatusCodes.Status403Forbidden, code, $"{detail} Nothing was changed.");

    public static Outcome Conflict(string code, string detail) => Refused(StatusCodes.Status409Conflict, code, $"{detail} Nothing was changed.");

    public static Outcome Invalid(IReadOnlyDictionary<string, string> errors) =>
        Refused(StatusCodes.Status400BadRequest, "invalid", $"{string.Join(" ", errors.Select(error => $"{error.Key}: {error.Value}"))} Nothing was changed.", errors);

    public static Outcome Invalid(string field, string why) => Invalid(new Dictionary<string, string> { [field] = why });

    /// <summary>What stays must not say who is meant. Its own code, since the form tells it apart from a reason that is too short.</summary>
    public static Outcome NamesPerson(string field) => Refused(
        StatusCodes.Status400BadRequest, "names_person", $"{field}: It names the person, and it stays. Nothing was changed.", new Dictionary<string, string> { [field] = "Expected words that do not name the person, since they stay." });
}

/// <summary>RFC 9457, with a code for programs and, where fields are wrong, what is wrong with each.</summary>
internal sealed record Problem(int Status, string Code, string Detail, IReadOnlyDictionary<string, string>? Errors)
{
    public string Title => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(Status);
}
