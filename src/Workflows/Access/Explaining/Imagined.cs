using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Somebody as they are, and as they would be.</summary>
internal sealed record ImaginedPerson(KnownPerson Now, KnownPerson Then);

/// <summary>A case as it is, and as it would be.</summary>
internal sealed record ImaginedCase(string Urn, CaseFacts Now, CaseFacts Then);

/// <summary>Access that somebody would gain or lose.</summary>
/// <param name="Role">By which they would have it, or have it now.</param>
internal sealed record AccessDifference(KnownPerson Person, string Urn, bool IsGain, string Role);

/// <summary>People and cases before and after a change, and what the gates make of both.</summary>
internal sealed record Imagined(IReadOnlyList<ImaginedPerson> People, IReadOnlyList<ImaginedCase> Cases, DateTimeOffset At)
{
    public IEnumerable<AccessDifference> Differences() => People.SelectMany(Of);

    /// <summary>Each of them once, however many cases it is: for changes that give or take everywhere alike.</summary>
    public IEnumerable<AccessDifference> FirstOfEach() => People.SelectMany(person => Of(person).Take(1));

    private IEnumerable<AccessDifference> Of(ImaginedPerson person)
    {
        // No gate opens a case to whoever holds nothing, and an agency has many of those.
        foreach (ImaginedCase file in person.Now.Grants.Count + person.Then.Grants.Count == 0 ? [] : Cases)
        {
            Verdict now = Reads(person.Now, file.Now), then = Reads(person.Then, file.Then);
            if (now.Allowed != then.Allowed)
            {
                yield return new AccessDifference(person.Now, file.Urn, then.Allowed, (then.Allowed ? then : now).Sufficient[0].Role);
            }
        }
    }

    private Verdict Reads(KnownPerson person, CaseFacts file) => Gates.Run(ExplainAccess.Question(person, AccessActions.ReadCase, file, At));
}
