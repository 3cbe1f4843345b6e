using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Tests.Access.Deciding;

/// <summary>One person, two cases and a handful of grants, drawn so that most things fit and each now and then does not.</summary>
internal sealed record DrawnWorld(AccessQuestion Question, IReadOnlyList<CaseFacts> Cases)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    public static readonly AccessPolicy Policy = AccessPolicy.At(Now);

    private static readonly HashSet<string> s_roles = ["lawyer", "clerk"];
    private static readonly string[] s_agencies = ["kent", "cps", "court"];
    private static readonly string[] s_jurisdictions = ["magistrates", "crown"];
    private static readonly string[] s_areas = ["46", "05"];
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    public static DrawnWorld Of(Draws draw)
    {
        PersonFacts person = new("p", "P", draw.One(s_agencies), draw.Mostly(DirectoryStatus.Active, DirectoryStatus.Left), draw.Mostly(DirectoryStatus.Active, DirectoryStatus.Suspended), false)
        {
            SessionRevoked = draw.Rarely(),
        };
        CaseFacts[] cases = [Case("c0", draw, person), Case("c1", draw, person)];
        GrantFacts[] grants = new GrantFacts[1 + draw.Below(4)];
        for (int i = 0; i < grants.Length; i++)
        {
            grants[i] = Grant(i, draw, person, cases[0]);
        }
        ExclusionFacts[] exclusions = draw.Below(8) == 0 ? [Exclusion(draw, cases[0])] : [];
        Assurance assurance = new(draw.Often() ? 2 : 1, draw.Rarely() ? null : Now.AddMinutes(-draw.Below(20) * (draw.Rarely() ? 50 : 1)), draw.Below(20) == 0);
        return new DrawnWorld(new AccessQuestion(s_roles, draw.Below(50) == 0 ? null : person, assurance, About.Case, cases[0], grants, exclusions, Now, Policy), cases);
    }

    public static ExclusionFacts Exclusion(Draws draw, CaseFacts file) => new("x", draw.One("p", "p-old"), draw.One("P", "Q"), Now.Add(draw.One(-s_tick, TimeSpan.Zero, s_tick)))
    {
        End = draw.Often() ? null : Now.Add(draw.One(TimeSpan.Zero, s_tick)),
        CaseId = draw.Often() ? file.Id : null,
        Jurisdiction = draw.Often() ? null : draw.One(s_jurisdictions),
        Agency = draw.Often() ? null : draw.One(s_agencies),
    };

    private static CaseFacts Case(string id, Draws draw, PersonFacts person) => new()
    {
        Id = id,
        Owner = draw.One(s_agencies),
        OwnerStatus = draw.Mostly(DirectoryStatus.Active, DirectoryStatus.Suspended),
        Jurisdiction = draw.Mostly(s_jurisdictions[0], s_jurisdictions[1]),
        Area = draw.Rarely() ? null : draw.Mostly(s_areas[0], s_areas[1]),
        Court = draw.Mostly("B46", "B05"),
        Classification = draw.One(Classification.Public, Classification.Private, Classification.Private, Classification.Restricted),
        Sealed = draw.Below(5) == 0,
        SealEpoch = draw.Below(3),
        NeedsAuthorisation = draw.Below(10) == 0 ? "youth" : null,
        Participants = draw.Often() ? new HashSet<string> { person.Agency } : draw.Often() ? new HashSet<string> { draw.One(s_agencies) } : new HashSet<string>(),
        Parties = draw.Below(25) == 0 ? new HashSet<string> { "P" } : new HashSet<string>(),
    };

    private static GrantFacts Grant(int number, Draws draw, PersonFacts person, CaseFacts file)
    {
        GrantType type = draw.One(GrantType.Home, GrantType.Home, GrantType.Case, GrantType.Case, GrantType.Cross, GrantType.Cross, GrantType.Challenged, GrantType.Basic);
        bool isNamed = type is GrantType.Case or GrantType.Challenged || (type == GrantType.Cross && draw.Often());
        return new GrantFacts
        {
            Id = $"g{number}",
            Type = type,
            Role = draw.Mostly(draw.One("lawyer", "clerk"), "stranger"),
            CaseId = isNamed && !draw.Rarely() ? draw.Mostly(file.Id, "c1") : null,
            Jurisdiction = (type == GrantType.Home || !isNamed) && !draw.Rarely() ? draw.Mostly(s_jurisdictions[0], s_jurisdictions[1]) : null,
            Agency = type == GrantType.Home && draw.Often() ? draw.Mostly(person.Agency, draw.One(s_agencies)) : null,
            Area = draw.Below(4) == 0 ? draw.Mostly(s_areas[0], s_areas[1]) : null,
            Court = draw.Below(6) == 0 ? draw.Mostly("B46", "B05") : null,
            MaxClassification = draw.One(Classification.Restricted, Classification.Restricted, Classification.Private, Classification.Private, Classification.Public, "secret"),
            Authorisations = draw.Often() ? ["youth"] : [],
            SealEpoch = draw.Rarely() ? null : draw.Mostly(file.SealEpoch, 1),
            Begin = Now.Add(draw.Mostly(TimeSpan.FromDays(-1), draw.One(TimeSpan.Zero, s_tick))),
            End = draw.Rarely() ? Now.Add(draw.One(TimeSpan.Zero, s_tick)) : type is GrantType.Cross or GrantType.Challenged && !draw.Rarely() ? Now.AddDays(1) : null,
            EndedAt = draw.Rarely() ? Now.Add(draw.One(TimeSpan.Zero, s_tick)) : null,
            RecertifyBy = draw.Rarely() ? Now.Add(draw.One(TimeSpan.Zero, s_tick)) : null,
            Reason = draw.Mostly("Joint operation Larch", " "),
            Requested = draw.Rarely() ? null : Approver(draw, person.Agency, "r"),
            Sponsored = draw.Rarely() ? null : Approver(draw, person.Agency, "s"),
            Consented = draw.Rarely() ? null : Approver(draw, file.Owner, "o"),
        };
    }

    private static Approval Approver(Draws draw, string agency, string usual)
    {
        string who = draw.Mostly(usual, draw.One("p", "s", "o", "r"));
        return new Approval(who, draw.Rarely() ? draw.One("P", "S") : who.ToUpperInvariant(), draw.Mostly(agency, draw.One(s_agencies)));
    }
}

/// <summary>A stream of small choices out of one seed; quick, since millions of worlds are drawn.</summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed | 1;

    public int Below(int most)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)most);
    }

    public bool Often() => Below(2) == 0;

    public bool Rarely() => Below(20) == 0;

    public T Mostly<T>(T usual, T other) => Rarely() ? other : usual;

    public T One<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];
}
