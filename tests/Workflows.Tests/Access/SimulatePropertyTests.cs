using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Access.Deciding;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access;

/// <summary>In drawn worlds what a change is said to give and take is what the evaluator lets people see once its rows are written.</summary>
public sealed class SimulatePropertyTests(ITestOutputHelper output)
{
    private const int Worlds = 25;

    private static readonly string[] s_roles = [Roles.CaseBuilder, Roles.ReviewingLawyer, Roles.AccessApprover];
    private static readonly string[] s_classes = [Classification.Public, Classification.Private, Classification.Restricted];
    private int _gained;
    private int _lost;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Agencies_BroughtInAndWithdrawn() => EachAsync(async (world, draw) =>
    {
        CaseFile file = draw.One([.. world.Rows.Cases.Where(file => !file.Sealed)]);
        string agency = draw.One([.. world.Rows.Agencies]);
        bool joins = draw.Often();
        SimulatedChange change = joins ? new() { Urn = file.Urn, AddAgency = agency } : new() { Urn = file.Urn, WithdrawAgency = agency };
        if (await world.SimulateAsync(ImaginedWorld.AdminOf(file.OwnerAgency), change, Stop) is not { } told)
        {
            return;
        }
        var (gained, lost) = await world.MakeAsync(async db =>
        {
            await db.Participants.Where(part => part.CaseId == file.Id && part.Agency == agency).ExecuteDeleteAsync(Stop);
            if (joins)
            {
                db.Add(new CaseParticipant { CaseId = file.Id, Agency = agency, Since = DrawnRows.Now, Reason = "Drawn" });
            }
        }, Stop);
        string Said(Seen seen) => seen.Person.Agency == file.OwnerAgency ? seen.Person.Subject : seen.Person.Agency;
        Same(told, Open(gained).Select(Said), Open(lost).Select(Said));
    }, 10);

    [Fact]
    public Task Conflicts_Lifted() => EachAsync(async (world, draw) =>
    {
        List<Exclusion> conflicts = await world.ReadAsync(db => db.Set<Exclusion>().AsNoTracking().Where(row => world.Rows.People.Contains(row.Subject)).ToListAsync(Stop));
        foreach (Exclusion conflict in conflicts)
        {
            string agency = world.People.Single(person => person.Subject == conflict.Subject).Agency;
            if (await world.SimulateAsync(ImaginedWorld.AdminOf(agency), new SimulatedChange { LiftExclusion = conflict.Id }, Stop) is not { } told)
            {
                continue;
            }
            var (gained, lost) = await world.MakeAsync(db => db.Set<Exclusion>().Where(row => row.Id == conflict.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.RemovedAt, DrawnRows.Now), Stop), Stop);
            HashSet<string> near = await world.NearAsync(agency, Stop);
            Same(told, Open(gained).Where(seen => seen.Person.Subject == conflict.Subject && (conflict.CaseId is null ? near.Contains(seen.File.Urn) : told.Weighed > 0)).Select(seen => seen.File.Urn), lost.Select(seen => seen.File.Urn));
        }
    }, 3);

    [Fact]
    public Task Roles_GivenOnACase() => EachAsync(async (world, draw) =>
    {
        Person person = draw.One([.. world.People]);
        CaseFile file = draw.One([.. world.Rows.Cases.Where(file => !file.Sealed)]);
        CaseRoleGiven given = new(file.Urn, person.Subject, draw.One(s_roles), draw.One(s_classes), draw.Often() ? null : DrawnRows.Now.AddDays(1), "Drawn");
        if (await world.SimulateAsync(ImaginedWorld.AdminOf(person.Agency), new SimulatedChange { GiveCaseRole = given }, Stop) is not { } told)
        {
            return;
        }
        var (gained, lost) = await world.MakeAsync(db =>
        {
            db.Add(new AccessGrant
            {
                Id = "given",
                UnitId = file.Id,
                Kind = GrantKind.Case,
                State = GrantState.Live,
                Subject = person.Subject,
                PersonId = person.PersonId ?? person.Subject,
                Agency = person.Agency,
                Role = given.Role,
                CaseId = file.Id,
                MaxClassification = given.MaxClassification,
                To = given.To,
                LiveAt = DrawnRows.Now,
                Reason = "Drawn",
                RequestedBy = "any",
                RequestedPerson = "any",
                RequestedAgency = person.Agency,
                RequestedAt = DrawnRows.Now,
            });
            return Task.CompletedTask;
        }, Stop);
        Same(told, gained.Select(seen => seen.Person.Subject), lost.Select(seen => seen.Person.Subject));
    }, 4);

    [Fact]
    public Task Access_AskedForAcrossAgencies() => EachAsync(async (world, draw) =>
    {
        Person person = draw.One([.. world.People]);
        CaseFile file = draw.One([.. world.Rows.Cases]);
        bool isCase = draw.Often();
        string role = draw.One(s_roles), most = draw.One(s_classes);
        CrossRequested asked = new(isCase ? file.Urn : null, isCase ? null : "criminal", isCase ? null : file.OwnerAgency, person.Subject, role, most, DrawnRows.Now.AddDays(7), "Joint operation Larch");
        if (await world.SimulateAsync(ImaginedWorld.AdminOf(person.Agency), new SimulatedChange { AskCross = asked }, Stop) is not { } told)
        {
            return;
        }
        if (told.IsSupposed)
        {
            // The same of a case that is there, of a sealed one, and of one that is not.
            SimulatedAccess? absent = await world.SimulateAsync(ImaginedWorld.AdminOf(person.Agency), new SimulatedChange { AskCross = asked with { Urn = "nowhere" } }, Stop);
            Assert.Equal((told.Gained.Count, told.Lost.Count, told.Weighed, told.TasksLeft), (absent!.Gained.Count, absent.Lost.Count, absent.Weighed, absent.TasksLeft));
            Assert.Equal(told.Summary, absent.Summary);
            return;
        }
        var (gained, lost) = await world.MakeAsync(db =>
        {
            db.Add(ImaginedWorld.Approved("asked", person, role, isCase ? file.Id : null, file.OwnerAgency, most, null));
            return Task.CompletedTask;
        }, Stop);
        Same(told, Open(gained).Select(seen => isCase || file.OwnerAgency == person.Agency ? seen.File.Urn : $"a case of {file.OwnerAgency}"), lost.Select(seen => seen.File.Urn));
    }, 10);

    [Fact]
    public Task Access_ChangedAcrossAgencies() => EachAsync(async (world, draw) =>
    {
        AccessGrant grant = draw.One((await world.ReadAsync(db => db.Set<AccessGrant>().AsNoTracking()
            .Where(row => row.Kind == GrantKind.Cross && row.EndedAt == null && row.To != null && world.Rows.People.Contains(row.Subject)).ToListAsync(Stop))).ToArray());
        CrossChanged terms = new(grant.Id, draw.Often() ? grant.Role : draw.One(s_roles), draw.Often() ? grant.MaxClassification : draw.One(s_classes), DrawnRows.Now.AddHours(draw.Often() ? 1 : 48), "Drawn");
        if (await world.SimulateAsync(ImaginedWorld.As(grant.Subject, grant.Agency), new SimulatedChange { ChangeCross = terms }, Stop) is not { } told)
        {
            return;
        }
        bool keeps = terms.Role == grant.Role && terms.To <= grant.To && Classification.Within(terms.MaxClassification, grant.MaxClassification);
        var (gained, lost) = await world.MakeAsync(db => db.Set<AccessGrant>().Where(row => row.Id == grant.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.MaxClassification, terms.MaxClassification).SetProperty(row => row.To, terms.To)
                .SetProperty(row => row.LiveAt, row => keeps ? DrawnRows.Now : null), Stop), Stop);
        IEnumerable<string> Said(IEnumerable<Seen> all) => (grant.CaseId is null ? Open(all) : all).Where(seen => grant.CaseId is not null || seen.File.OwnerAgency == grant.ConsentedAgency)
            .Select(seen => grant.CaseId is not null || grant.ConsentedAgency == grant.Agency ? seen.File.Urn : $"a case of {grant.ConsentedAgency}");
        Same(told, Said(gained), Said(lost));
    }, 3);

    [Fact]
    public Task Grants_Certified() => EachAsync(async (world, draw) =>
    {
        // Few are drawn asleep, so all of them are put to sleep.
        await world.ReadAsync(db => db.Set<AccessGrant>().Where(row => row.Kind != GrantKind.Challenged && row.EndedAt == null && world.Rows.People.Contains(row.Subject))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, DrawnRows.Now.AddMinutes(-1)), Stop));
        AccessGrant grant = draw.One((await world.ReadAsync(db => db.Set<AccessGrant>().AsNoTracking()
            .Where(row => row.Kind != GrantKind.Challenged && row.LiveAt != null && world.Rows.People.Contains(row.Subject)).ToListAsync(Stop))).ToArray());
        if (await world.SimulateAsync(ImaginedWorld.As(grant.Subject, grant.Agency), new SimulatedChange { CertifyGrant = grant.Id }, Stop) is not { } told)
        {
            return;
        }
        var (gained, lost) = await world.MakeAsync(db => db.Set<AccessGrant>().Where(row => row.Id == grant.Id && (row.To == null || row.To > DrawnRows.Now)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LiveAt, DrawnRows.Now).SetProperty(row => row.EndedAt, (DateTimeOffset?)null).SetProperty(row => row.RecertifyBy, DrawnRows.Now.AddDays(14)), Stop), Stop);
        IEnumerable<string> Said(IEnumerable<Seen> all) => (grant.CaseId is null ? Open(all) : all).Where(seen => grant.CaseId is not null || seen.File.OwnerAgency == grant.ConsentedAgency)
            .Select(seen => grant.CaseId is not null || grant.ConsentedAgency == grant.Agency ? seen.File.Urn : $"a case of {grant.ConsentedAgency}");
        Same(told, Said(gained), Said(lost));
    }, 3);

    [Fact]
    public Task Agencies_SuspendedAndRestored() => EachAsync(async (world, draw) =>
    {
        string agency = draw.One([.. world.Rows.Agencies]);
        string status = await world.ReadAsync(db => db.Set<Agency>().Where(row => row.Id == agency).Select(row => row.Status).SingleAsync(Stop)) == DirectoryStatus.Active
            ? DirectoryStatus.Suspended : DirectoryStatus.Active;
        SimulatedAccess told = (await world.SimulateAsync(ImaginedWorld.AdminOf($"{world.Rows.Number}-platform"), new SimulatedChange { Agency = agency, Status = status }, Stop))!;
        Assert.Null(await world.SimulateAsync(ImaginedWorld.AdminOf(agency), new SimulatedChange { Agency = agency, Status = status }, Stop));
        var (gained, lost) = await world.MakeAsync(db => db.Set<Agency>().Where(row => row.Id == agency).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status), Stop), Stop);
        HashSet<string> near = await world.NearAsync(agency, Stop);
        IEnumerable<string> Said(IEnumerable<Seen> all) => Open(all).Where(seen => near.Contains(seen.File.Urn)).DistinctBy(seen => seen.Person.Subject).Select(seen => seen.Person.Agency);
        Same(told, Said(gained), Said(lost));
    }, 10);

    [Fact]
    public Task Roles_ThatGroupsGiveAndTake() => EachAsync(async (world, draw) =>
    {
        string agency = draw.One([.. world.People]).Agency;
        List<RoleMove> moves = [];
        foreach (Person person in world.People.Where(person => person.Agency == agency))
        {
            HomeRole held = (await world.ReadAsync(db => db.Set<HomeRole>().AsNoTracking().Where(role => role.Subject == person.Subject).ToListAsync(Stop)))[0];
            moves.Add(new RoleMove(
                person.Subject, draw.Often() ? [] : [new RoleGained(Roles.ReviewingLawyer, DrawnRows.Now, "criminal", agency, null, draw.Often() ? "b46" : null, draw.One(s_classes), ["youth"])],
                draw.Often() ? [] : [new RoleHeld(held.Role, held.From)], draw.Often()));
        }
        if (await world.SimulateAsync(ImaginedWorld.AdminOf(agency), new SimulatedChange { RoleMoves = moves }, Stop) is not { } told)
        {
            return;
        }
        var (gained, lost) = await world.MakeAsync(async db =>
        {
            foreach (RoleMove move in moves)
            {
                await MoveAsync(db, move);
            }
        }, Stop);
        HashSet<string> near = await world.NearAsync(agency, Stop);
        IEnumerable<string> Said(IEnumerable<Seen> all) => Open(all).Where(seen => near.Contains(seen.File.Urn)).Select(seen => seen.Person.Subject);
        Same(told, Said(gained), Said(lost));
    }, 10);

    [Fact]
    public Task Roles_Confirmed() => EachAsync(async (world, draw) =>
    {
        string agency = draw.One([.. world.People]).Agency;
        await world.ReadAsync(db => db.Set<HomeRole>().Where(role => world.Rows.People.Contains(role.Subject)).ExecuteUpdateAsync(set => set.SetProperty(role => role.RecertifyBy, DrawnRows.Now), Stop));
        List<HomeRole> held = await world.ReadAsync(db => db.Set<HomeRole>().AsNoTracking().Where(role => db.Set<Person>().Any(person => person.Subject == role.Subject && person.Agency == agency)).ToListAsync(Stop));
        held = [.. held.Where(_ => draw.Often())];
        List<RoleMove> moves = [.. held.GroupBy(role => role.Subject).Select(roles => new RoleMove(roles.Key, [], [], false) { Confirmed = [.. roles.Select(role => new RoleHeld(role.Role, role.From))] })];
        if (await world.SimulateAsync(ImaginedWorld.AdminOf(agency), new SimulatedChange { RoleMoves = moves }, Stop) is not { } told)
        {
            return;
        }
        var (gained, lost) = await world.MakeAsync(async db =>
        {
            foreach (HomeRole role in held)
            {
                await db.Set<HomeRole>().Where(row => row.Subject == role.Subject && row.Role == role.Role && row.From == role.From)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.RecertifyBy, DrawnRows.Now.AddDays(180)), Stop);
            }
        }, Stop);
        HashSet<string> near = await world.NearAsync(agency, Stop);
        IEnumerable<string> Said(IEnumerable<Seen> all) => Open(all).Where(seen => near.Contains(seen.File.Urn)).Select(seen => seen.Person.Subject);
        Same(told, Said(gained), Said(lost));
    }, 10);

    private static async Task MoveAsync(CaseDb db, RoleMove move)
    {
        List<HomeRole> held = await db.Set<HomeRole>().Where(role => role.Subject == move.Subject).ToListAsync(Stop);
        db.RemoveRange(held.Where(role => move.Loses.Any(lost => lost.Role == role.Role && lost.From.ToUnixTimeMilliseconds() == role.From.ToUnixTimeMilliseconds())));
        await db.SaveChangesAsync(Stop);
        db.ChangeTracker.Clear();
        await db.Set<HomeRole>().Where(role => role.Subject == move.Subject && role.Role == Roles.ReviewingLawyer && role.From == DrawnRows.Now && move.Gets.Count > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(role => role.From, DrawnRows.Now.AddTicks(-10)), Stop);
        db.AddRange(move.Gets.Select(role => new HomeRole
        {
            Subject = move.Subject,
            Role = role.Role,
            From = role.From,
            Jurisdiction = role.Jurisdiction,
            Agency = role.Agency,
            Court = role.Court?.ToUpperInvariant(),
            MaxClassification = role.MaxClassification,
            Authorisations = """["youth"]""",
        }));
        if (move.Moved)
        {
            await db.Set<AccessGrant>().Where(grant => grant.Subject == move.Subject && grant.Kind == GrantKind.Cross && grant.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.EndedAt, DrawnRows.Now), Stop);
        }
    }

    private async Task EachAsync(Func<ImaginedWorld, Draws, Task> compare, int least)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        for (int number = 0; number < Worlds; number++)
        {
            ImaginedWorld world = await ImaginedWorld.OpenAsync(db, number, Stop);
            Draws draw = new((ulong)number + 7);
            for (int again = 0; again < 4; again++)
            {
                await compare(world, draw);
            }
        }
        output.WriteLine($"{_gained} gained, {_lost} lost, no difference.");
        Assert.True(_gained + _lost >= least, $"Expected changes that give or take something, but there were only {_gained + _lost}.");
    }

    private void Same(SimulatedAccess told, IEnumerable<string> gained, IEnumerable<string> lost)
    {
        (_gained, _lost) = (_gained + told.Gained.Count, _lost + told.Lost.Count);
        Assert.Equal(gained.Order(StringComparer.Ordinal), told.Gained.Select(Who).Order(StringComparer.Ordinal));
        Assert.Equal(lost.Order(StringComparer.Ordinal), told.Lost.Select(Who).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Seen> Open(IEnumerable<Seen> all) => all.Where(seen => !seen.File.Sealed);

    // Others are said as their agency and the role by which they have it.
    private static string Who(string said) => said.Split(", ")[0];
}
