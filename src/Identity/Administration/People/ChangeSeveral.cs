using Assize.Identity.Directory;

namespace Assize.Identity.Administration.People;

/// <param name="Subjects">At most 20.</param>
internal sealed record RoleGifts(IReadOnlyList<string>? Subjects, RoleGift? Role, string? Reason);

/// <param name="Roles">At most 20.</param>
internal sealed record RoleEndings(IReadOnlyList<RoleName>? Roles, string? Reason);

/// <summary>What came of it for each of them, in the order in which they were named.</summary>
internal sealed record SeveralOutcome(IReadOnlyList<RolesOutcome> People);

/// <summary>The same change of role for several people: all of them or, if one cannot be, none. So all are looked at before the first is changed.</summary>
internal static class ChangeSeveral
{
    public const int Most = 20;

    public static async Task<Outcome> GiveAsync(AdminWork work, RoleGifts body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Subjects is not { Count: > 0 and <= Most } subjects || subjects.Distinct().Count() != subjects.Count)
        {
            return Outcome.Invalid("subjects", $"Expected between 1 and {Most} people, each once.");
        }
        if (body.Role is null)
        {
            return Outcome.Invalid("role", "Expected a role to give.");
        }
        List<(Account Person, List<HomeRole> Wanted)> checkedOnes = [];
        foreach (string subject in subjects)
        {
            (Account? person, Outcome? refusal) = await ChangeRoles.OfActiveAsync(work, subject);
            if (person is null)
            {
                return refusal!;
            }
            (List<HomeRole> wanted, refusal) = await ChangeRoles.CheckAllAsync(work, person, [body.Role]);
            if (refusal is not null)
            {
                return refusal;
            }
            checkedOnes.Add((person, wanted));
        }
        List<Outcome> outcomes = [];
        foreach ((Account person, List<HomeRole> wanted) in checkedOnes)
        {
            outcomes.Add(await ChangeRoles.ApplyAsync(work, person, [], wanted, body.Reason!));
        }
        return Together(outcomes);
    }

    public static async Task<Outcome> EndAsync(AdminWork work, RoleEndings body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Roles is not { Count: > 0 and <= Most } roles || roles.Distinct().Count() != roles.Count)
        {
            return Outcome.Invalid("roles", $"Expected between 1 and {Most} roles, each once.");
        }
        List<(Account Person, List<HomeRole> Ending)> checkedOnes = [];
        foreach (IGrouping<string, RoleName> named in roles.GroupBy(role => role.Subject ?? "", StringComparer.Ordinal))
        {
            (Account? person, Outcome? refusal) = await work.OtherAsync(named.Key);
            if (person is null)
            {
                return refusal!;
            }
            List<HomeRole> ending = person.Roles.FindAll(role => named.Any(asked => asked.Role == role.Id) && !(role.To <= work.Now));
            if (ending.Count < named.Count())
            {
                return Outcome.NotFound("role");
            }
            checkedOnes.Add((person, ending));
        }
        List<Outcome> outcomes = [];
        foreach ((Account person, List<HomeRole> ending) in checkedOnes)
        {
            outcomes.Add(await ChangeRoles.ApplyAsync(work, person, ending, [], body.Reason!));
        }
        return Together(outcomes);
    }

    private static Outcome Together(List<Outcome> outcomes)
    {
        SeveralOutcome all = new([.. outcomes.Select(outcome => (RolesOutcome)outcome.Body)]);
        return all.People.Any(person => person.Requests.Count > 0) ? Outcome.Waiting(all) : Outcome.Done(all);
    }
}
