using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Access.Deciding;

namespace Assize.Workflows.Tests.Access;

/// <summary>A small world as rows: three agencies, three people and a system, twenty cases, and what belongs to them. Ids carry the world's number, so that many share a database.</summary>
internal sealed class DrawnRows
{
    public const int CasesEach = 20;

    public static readonly DateTimeOffset Now = DrawnWorld.Now;

    private static readonly string[] s_roles = [Roles.CaseBuilder, Roles.ReviewingLawyer, Roles.CaseBuilder, Roles.CaseSystem];
    private static readonly string[] s_classes = [Classification.Public, Classification.Private, Classification.Private, Classification.Restricted];
    private static readonly string[] s_reach = [Classification.Restricted, Classification.Restricted, Classification.Private, Classification.Public];
    private static readonly TimeSpan s_instant = TimeSpan.FromMicroseconds(1);
    private readonly Draws _draw;
    private readonly bool _clockWasPutBack;
    private readonly string[] _agencies;
    private readonly string[] _people;
    private readonly List<CaseFile> _cases = [];
    private readonly Dictionary<string, string> _homes = [];

    /// <param name="clockWasPutBack">Whether some of what people did was recorded by a clock that was ahead of the one that is asked by.</param>
    public DrawnRows(int number, bool clockWasPutBack = false)
    {
        _clockWasPutBack = clockWasPutBack;
        (Number, _draw) = (number, new Draws(unchecked((ulong)(number + 1) * 0x9E3779B97F4A7C15UL)));
        _agencies = [.. Enumerable.Range(0, 3).Select(x => $"{number}-a{x}")];
        _people = [.. Enumerable.Range(0, 4).Select(x => $"{number}-p{x}")];
        Others = new DrawnThings(this, _draw);
    }

    public int Number { get; }

    private TimeSpan Ahead => _clockWasPutBack ? s_instant : TimeSpan.Zero;

    private string System => _people[^1];

    public IReadOnlyList<CaseFile> Cases => _cases;

    public IReadOnlyList<string> Agencies => _agencies;

    public IReadOnlyList<string> People => _people;

    public DrawnThings Others { get; }

    /// <summary>Everybody in it, well and badly signed in, and one by another agency's token.</summary>
    public IEnumerable<Caller> Callers =>
    [
        .. _people.SkipLast(1).Select((subject, x) => new Caller(subject, _homes[subject], [], subject, false, "any") { Acr = x % 2 == 0 ? "2" : "1", AuthenticatedAt = Now.AddMinutes(-5 * x) }),
        new Caller(System, _homes[System], [], System, true, System),
        new Caller(_people[0], _agencies.First(id => id != _homes[_people[0]]), [], "Moved", false, "any"),
    ];

    public void AddTo(CaseDb db)
    {
        db.AddRange(_agencies.Select(id => new Agency { Id = id, Kind = "police", Name = id, Status = _draw.Mostly(DirectoryStatus.Active, DirectoryStatus.Suspended) }));
        db.AddRange(_people.Select(Someone));
        _cases.AddRange(Enumerable.Range(0, CasesEach).Select(File));
        db.AddRange(_cases);
        foreach (CaseFile file in _cases)
        {
            db.AddRange(_agencies.Where(_ => _draw.Often()).Select(agency => new CaseParticipant
            {
                CaseId = file.Id,
                Agency = agency,
                Since = Now,
                Reason = "Drawn",
                WithdrawnAt = _draw.Rarely() ? Now.AddDays(-1) : null,
            }));
        }
        foreach (string subject in _people)
        {
            db.AddRange(Enumerable.Range(0, 1 + _draw.Below(3)).Select(x => Home(subject, x)).DistinctBy(role => (role.Role, role.From)));
            db.AddRange(Enumerable.Range(0, 12).Select(x => Grant(subject, x)));
        }
        db.AddRange(Enumerable.Range(0, _draw.Below(4)).Select(Conflict));
        db.AddRange(Enumerable.Range(0, _draw.Below(4)).Select(_ => new CaseParty
        {
            CaseId = Case().Id,
            PersonId = Human(),
            Part = "witness",
            From = Now.AddDays(-1),
            To = _draw.Rarely() ? Now : null,
            RecordedBy = "any",
        }).DistinctBy(party => (party.CaseId, party.PersonId)));
        Others.AddTo(db);
    }

    private CaseFile Case() => _cases[_draw.Below(_cases.Count)];

    private string Human() => $"{Number}-H{_draw.Below(4)}";

    private string Agency() => _agencies[_draw.Below(3)];

    private Person Someone(string subject) => new()
    {
        Subject = subject,
        PersonId = _draw.Rarely() ? null : Human(),
        Name = subject,
        Agency = _homes[subject] = Agency(),
        IsSystem = subject == System,
        Status = _draw.Mostly(DirectoryStatus.Active, DirectoryStatus.Left),
    };

    private CaseFile File(int number) => new()
    {
        Id = $"{Number}-c{number}",
        Urn = $"{Number}-c{number}",
        Status = CaseStatus.Active,
        Stage = "Review",
        OwnerAgency = Agency(),
        ProsecutingAuthority = "any",
        CourtOu = _draw.Mostly("B46", "B05"),
        Area = _draw.Mostly("46", "05"),
        GravestModeOfTrial = "",
        Jurisdiction = _draw.Mostly("criminal", "civil"),
        Classification = _draw.One(s_classes),
        Sealed = _draw.Below(6) == 0,
        SealEpoch = _draw.Below(3),
        NeedsAuthorisation = _draw.Rarely() ? "youth" : null,
        LegalDate = new DateOnly(2026, 11, 1),
        CreatedAt = Now.AddMinutes(-number),
        Practice = false,
        Participants = "[]",
    };

    private HomeRole Home(string subject, int number) => new()
    {
        Subject = subject,
        Role = subject == System ? _draw.Mostly(Roles.CaseSystem, Roles.CaseBuilder) : _draw.One(s_roles),
        From = Edge(TimeSpan.FromDays(-1 - number), s_instant),
        To = _draw.Rarely() ? Edge(TimeSpan.FromDays(1), TimeSpan.Zero) : null,
        Jurisdiction = _draw.Rarely() ? null : "criminal",
        Agency = _draw.Often() ? _draw.Mostly(_homes[subject], Agency()) : null,
        Area = _draw.Below(4) == 0 ? "46" : null,
        Court = _draw.Rarely() ? "B46" : null,
        MaxClassification = _draw.Mostly(_draw.One(s_reach), "secret"),
        Authorisations = Authorised(),
        RecertifyBy = _draw.Rarely() ? Edge(TimeSpan.FromDays(1), TimeSpan.Zero) : null,
        RecordedFrom = _clockWasPutBack && _draw.Rarely() ? Edge(TimeSpan.FromDays(1), s_instant) : null,
    };

    private AccessGrant Grant(string subject, int number)
    {
        CaseFile file = Case();
        string kind = _draw.One(GrantKind.Case, GrantKind.Case, GrantKind.Cross, GrantKind.Cross, GrantKind.Challenged);
        bool isNamed = kind != GrantKind.Cross || _draw.Often();
        bool isSponsored = !_draw.Rarely(), isConsented = !_draw.Rarely();
        string sponsor = _draw.Mostly($"{Number}-s", _draw.One(_people)), consenter = _draw.Mostly($"{Number}-o", _draw.One(_people));
        return new AccessGrant
        {
            Id = $"{subject}-g{number}",
            UnitId = file.Id,
            Kind = kind,
            State = GrantState.Live,
            Subject = subject,
            PersonId = subject,
            Agency = _homes[subject],
            Role = _draw.One(s_roles),
            CaseId = isNamed && !_draw.Rarely() ? file.Id : null,
            Jurisdiction = isNamed ? null : _draw.Mostly("criminal", "civil"),
            OnlyAgency = _draw.Rarely() ? Agency() : null,
            OnlyArea = _draw.Rarely() ? "46" : null,
            OnlyCourt = _draw.Rarely() ? "B46" : null,
            MaxClassification = _draw.One(s_classes),
            Authorisations = Authorised(),
            SealEpoch = _draw.Rarely() ? null : _draw.Mostly(file.SealEpoch, 1),
            From = _draw.Rarely() ? Edge(TimeSpan.FromDays(-1), s_instant) : null,
            To = kind == GrantKind.Case || _draw.Rarely() ? null : Edge(TimeSpan.FromDays(1), TimeSpan.Zero),
            LiveAt = _draw.Rarely() ? null : Edge(TimeSpan.FromDays(-2), s_instant),
            EndedAt = !_draw.Rarely() ? null : _clockWasPutBack ? Edge(TimeSpan.FromDays(1), TimeSpan.Zero) : _draw.Rarely() ? Now : null,
            RecertifyBy = _draw.Rarely() ? Edge(TimeSpan.FromDays(1), TimeSpan.Zero) : null,
            Reason = _draw.Mostly("Joint operation Larch", " "),
            RequestedBy = _draw.Mostly($"{Number}-r", consenter),
            RequestedPerson = _draw.Mostly($"{Number}-R", Human()),
            RequestedAgency = _homes[subject],
            RequestedAt = Now,
            SponsoredBy = isSponsored ? sponsor : null,
            SponsoredPerson = isSponsored ? _draw.Mostly($"{Number}-S", Human()) : null,
            SponsoredAgency = isSponsored ? _draw.Mostly(_homes[subject], Agency()) : null,
            ConsentedBy = isConsented ? consenter : null,
            ConsentedPerson = isConsented ? _draw.Mostly($"{Number}-O", Human()) : null,
            ConsentedAgency = isConsented ? _draw.Mostly(file.OwnerAgency, Agency()) : null,
        };
    }

    private Exclusion Conflict(int number) => new()
    {
        Id = $"{Number}-x{number}",
        UnitId = "any",
        Subject = _draw.One(_people),
        PersonId = Human(),
        CaseId = _draw.Mostly(Case().Id, "other"),
        Jurisdiction = _draw.Often() ? "criminal" : null,
        OnlyAgency = _draw.Often() ? Agency() : null,
        From = Edge(TimeSpan.FromDays(-1), Ahead),
        To = _draw.Rarely() ? Edge(TimeSpan.FromDays(1), TimeSpan.Zero) : null,
        RemovedAt = _draw.Rarely() ? Edge(TimeSpan.FromDays(-1), Ahead) : null,
        Reason = "Drawn",
        DeclaredBy = "any",
    };

    private string Authorised() => _draw.Often() ? JsonSerializer.Serialize<string[]>(["youth", "terrorism"]) : "[]";

    /// <summary>Usually well clear of the instant of the question, sometimes on it or beside it.</summary>
    private DateTimeOffset Edge(TimeSpan usual, TimeSpan other) => Now.Add(_draw.Mostly(usual, _draw.One(TimeSpan.Zero, other)));
}
