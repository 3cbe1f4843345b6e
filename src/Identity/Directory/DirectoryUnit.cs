using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

/// <summary>One change of the directory: from its start to its commit nobody else changes it, so versions are committed in order.</summary>
public sealed partial class DirectoryUnit
{
    private readonly DirectoryState _state;

    private DirectoryUnit(IdentityDb db, DirectoryState state, DateTimeOffset now) => (Db, _state, Now) = (db, state, now);

    public IdentityDb Db { get; }

    /// <summary>The instant of everything in this change, in whole microseconds.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Accounts that may do nothing any more because of this change, and why.</summary>
    internal Dictionary<string, string> Shut { get; } = [];

    /// <summary>Takes the directory's row within the transaction that is open on the context.</summary>
    internal static async Task<DirectoryUnit> OpenAsync(IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        await db.DirectoryStates.ExecuteUpdateAsync(set => set.SetProperty(state => state.Version, state => state.Version), ct);
        DirectoryState state = await db.DirectoryStates.SingleAsync(ct);
        await db.Entry(state).ReloadAsync(ct);
        return new DirectoryUnit(db, state, DirectoryWriter.Microseconds(clock.GetUtcNow()));
    }

    /// <summary>The account with its roles and teams; null where there is none.</summary>
    public async Task<Account?> FindAsync(string subject, CancellationToken ct) =>
        await Db.Accounts.Include(account => account.Roles).Include(account => account.Teams).AsSplitQuery()
            .SingleOrDefaultAsync(account => account.Subject == subject, ct);

    /// <summary>
    /// The account that the agency's provisioning made for whom it calls so, and that nobody has signed in to; null where there is none, or more than one.
    /// One that it deleted counts where there is no other, so that whoever has left gets no second account.
    /// </summary>
    public async Task<Account?> ProvisionedAsync(string agency, string externalId, CancellationToken ct)
    {
        string[] spellings = Spellings(externalId);
        List<Account> found = await Db.Accounts.Include(account => account.Roles)
            .Where(known => known.AgencyId == agency && !known.IsSystem && known.Provider == null && spellings.Contains(known.ExternalId)).OrderByDescending(known => known.Version).ToListAsync(ct);
        List<Account> named = found.FindAll(known => known.UserName is not null);
        return named.Count == 0 ? found.FirstOrDefault() : named.Count == 1 ? named[0] : null;
    }

    /// <summary>A GUID has two spellings, and provisioning and sign-in need not agree on one.</summary>
    public static string[] Spellings(string externalId) =>
        Guid.TryParseExact(externalId, "D", out Guid id) ? [externalId, id.ToString("D"), id.ToString("D").ToUpperInvariant()] : [externalId];

    /// <summary>Whoever their provider calls so signs in to this account from now on.</summary>
    public void Bind(Account account, string provider, string issuer, string subject)
    {
        (account.Provider, account.ProviderIssuer, account.ProviderSubject) = (provider, issuer, subject);
        Changed(account);
    }

    public void Add(Agency agency)
    {
        agency.Version = ++_state.Version;
        Db.Agencies.Add(agency);
        Db.StatusPeriods.Add(new StatusPeriod { Kind = StatusPeriod.OfAgency, Key = agency.Id, Status = agency.Status, From = Now });
    }

    /// <summary>Adds an account, for a person of its own unless it says whose.</summary>
    public void Add(Account account)
    {
        if (!account.IsSystem && account.PersonId is null)
        {
            Person person = new() { Id = Guid.CreateVersion7(Now).ToString("n"), CreatedAt = Now };
            Db.People.Add(person);
            account.PersonId = person.Id;
        }
        account.CreatedAt = Now;
        foreach (HomeRole role in account.Roles)
        {
            role.RecordedFrom ??= Now;
        }
        Db.Accounts.Add(account);
        Db.StatusPeriods.Add(new StatusPeriod { Kind = StatusPeriod.OfAccount, Key = account.Subject, Status = account.Status, From = Now });
        Changed(account);
    }

    public void Changed(Account account) => (account.Version, account.ChangedAt) = (++_state.Version, Now);

    public void Changed(Agency agency) => agency.Version = ++_state.Version;

    public void Changed(Team team) => team.Version = ++_state.Version;

    /// <summary>Whoever leaves keeps nothing: roles end and teams are left, and coming back brings neither.</summary>
    public async Task SetStatusAsync(Account account, string status, CancellationToken ct)
    {
        if (account.Status == status)
        {
            return;
        }
        account.Status = status;
        if (status != AccountStatus.Active)
        {
            Shut[account.Subject] = "The account is no longer active.";
            _lapsed.Add(account.Subject);
        }
        if (status == AccountStatus.Left)
        {
            account.LeftAt = Now;
            account.Roles.ForEach(role => End(role, Now));
            account.Teams.Clear();
        }
        await RecordStatusAsync(StatusPeriod.OfAccount, account.Subject, status, ct);
        Changed(account);
    }

    public async Task SetStatusAsync(Agency agency, string status, CancellationToken ct)
    {
        if (agency.Status == status)
        {
            return;
        }
        agency.Status = status;
        if (status != AccountStatus.Active)
        {
            foreach (string subject in await Db.Sessions.Where(session => session.AgencyId == agency.Id && session.EndedAt == null).Select(session => session.Subject).Distinct().ToListAsync(ct))
            {
                Shut.TryAdd(subject, "The agency is no longer active.");
            }
        }
        await RecordStatusAsync(StatusPeriod.OfAgency, agency.Id, status, ct);
        Changed(agency);
    }

    public void SetMember(Account account, Team team, bool member)
    {
        TeamMember? held = account.Teams.Find(known => known.TeamId == team.Id);
        if (member == (held is not null))
        {
            return;
        }
        if (held is null)
        {
            account.Teams.Add(new TeamMember { Subject = account.Subject, TeamId = team.Id });
        }
        else
        {
            account.Teams.Remove(held);
        }
        Changed(account);
    }

    /// <summary>Its name stays, so that what it did can be read; its members leave.</summary>
    public async Task RemoveAsync(Team team, CancellationToken ct)
    {
        List<Account> members = await Db.Accounts.Include(account => account.Roles).Include(account => account.Teams).AsSplitQuery()
            .Where(account => account.Teams.Any(member => member.TeamId == team.Id)).ToListAsync(ct);
        members.ForEach(account => SetMember(account, team, member: false));
        (team.Status, team.ExternalId) = (Team.Removed, null);
        Changed(team);
    }

    private async Task RecordStatusAsync(string kind, string key, string status, CancellationToken ct)
    {
        StatusPeriod? open = Db.StatusPeriods.Local.FirstOrDefault(period => period.Kind == kind && period.Key == key && period.To == null)
            ?? await Db.StatusPeriods.SingleOrDefaultAsync(period => period.Kind == kind && period.Key == key && period.To == null, ct);
        if (open?.From == Now)
        {
            open.Status = status;
            return;
        }
        open?.To = Now;
        Db.StatusPeriods.Add(new StatusPeriod { Kind = kind, Key = key, Status = status, From = Now });
    }
}
