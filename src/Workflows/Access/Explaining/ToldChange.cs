using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Explaining;

/// <summary>In which words an imagined change is told.</summary>
/// <param name="Say">What one difference is called: the case, or who.</param>
/// <param name="Unit">"case" or "person".</param>
/// <param name="Of">Whom or what it is about.</param>
internal sealed record ToldChange(Func<AccessDifference, string> Say, string Unit, string Of)
{
    public bool IsWhole { get; init; } = true;

    /// <summary>Whether it can reach tasks that belong to no case yet.</summary>
    public bool WithSubmissions { get; init; }
    public bool OncePerPerson { get; init; }
    public bool IsSupposed { get; init; }
    public bool NamesCases { get; init; }

    public async Task<SimulatedAccess> TellAsync(CaseDb db, Imagined change, CancellationToken ct)
    {
        ILookup<bool, string> changes = (OncePerPerson ? change.FirstOfEach() : change.Differences()).ToLookup(difference => difference.IsGain, Say);
        List<string> gained = [.. changes[true]], lost = [.. changes[false]];
        // Where not all cases could be looked at, it is said how many were.
        int weighed = Unit == "person" && IsWhole ? change.People.Count : change.Cases.Count, left = await TasksLeft.CountAsync(db, change, WithSubmissions, ct);
        return new SimulatedAccess(
            gained, lost, weighed, IsWhole, left,
            $"{Of}: access to {gained.Count} {Plural(gained.Count)} gained and to {lost.Count} {Plural(lost.Count)} lost, of {weighed} looked at; {left} open {(left == 1 ? "task" : "tasks")} left with nobody.")
        {
            IsSupposed = IsSupposed,
            NamesCases = NamesCases,
        };
    }

    private string Plural(int count) => count == 1 ? Unit : Unit == "person" ? "people" : Unit + "s";
}
