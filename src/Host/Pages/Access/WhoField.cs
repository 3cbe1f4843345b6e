using Assize.Host.Components;
using Assize.Host.Queries;

namespace Assize.Host.Pages.Access;

/// <summary>A field for one person of the own agency: a box for a name or an account, and radios where several are meant.</summary>
public sealed record WhoField(string Name, string Label)
{
    public string? Hint { get; init; }
    public string? Typed { get; init; }
    public string? Error { get; init; }
    public IReadOnlyList<AgencyPerson> Matches { get; init; } = [];

    /// <summary>Whom the text means; null where it means nobody, or several.</summary>
    public AgencyPerson? Found => Matches.Count == 1 ? Matches[0] : null;

    /// <summary>The account meant, another agency's too where it was typed whole; the command says whether it will do.</summary>
    public string? Account => Found?.Subject ?? (Matches.Count == 0 && Typed?.Trim() is { Length: > 0 } typed && !typed.Contains(' ', StringComparison.Ordinal) ? typed : null);

    public string Problem => Matches.Count > 1 ? "Choose whom you mean" : string.IsNullOrWhiteSpace(Typed) ? "Enter a name or an account" : "There is nobody of that name in your agency";

    public IReadOnlyList<Choice> Choices => [.. Matches.Select(person => new Choice(person.Subject, person.Name, $"{string.Join(", ", person.Roles.Select(Words.Role))} ({person.Subject})"))];
}
