using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Somebody as they are, and as they would be.</summary>
internal sealed record ImaginedPerson(KnownPerson Now, KnownPerson Then);

/// <summary>A case as it is, and as it would be.</summary>
internal sealed record ImaginedCase(CaseFile File, CaseFacts Now, CaseFacts Then);

/// <summary>Access that somebody would gain or lose.</summary>
/// <param name="Role">By which they would have it, or have it now.</param>
internal sealed record AccessDifference(KnownPerson Person, CaseFile File, bool IsGain, string Role);

/// <summary>People and cases before and after a change, and what the gates make of both.</summary>
internal sealed record Imagined(IReadOnlyList<ImaginedPerson> People, IReadOnlyList<ImaginedCase> Cases, DateTimeOffset At)
{
    public IEnumerable<AccessDifference> Differences()
    {
        foreach (ImaginedCase file in Cases)
        {
            foreach (ImaginedPerson person in People)
            {
                Verdict now = Reads(person.Now, file.Now), then = Reads(person.Then, file.Then);
                if (now.Allowed != then.Allowed)
                {
                    yield return new AccessDifference(person.Now, file.File, then.Allowed, (then.Allowed ? then : now).Sufficient[0].Role);
                }
            }
        }
    }

    private Verdict Reads(KnownPerson person, CaseFacts file) => Gates.Run(ExplainAccess.Question(person, AccessActions.ReadCase, file, At));
}
