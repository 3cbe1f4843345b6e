namespace Assize.Identity.Directory;

public sealed partial class DirectoryUnit
{
    /// <summary>Adds a role to the account; a pending account that holds one is active from then on.</summary>
    public async Task GiveAsync(Account account, HomeRole role, CancellationToken ct)
    {
        // A role may be held twice in different scopes, and its beginning tells the rows apart.
        while (account.Roles.Exists(held => held.Role == role.Role && held.From == role.From))
        {
            role.From += TimeSpan.FromMicroseconds(1);
        }
        role.RecordedFrom = Now;
        account.Roles.Add(role);
        if (account.Status == AccountStatus.Pending)
        {
            await SetStatusAsync(account, AccountStatus.Active, ct);
        }
        Changed(account);
    }

    /// <summary>Ends a role, unless it ended before; one that had yet to begin never does.</summary>
    public void End(HomeRole role, DateTimeOffset at)
    {
        if (role.To is { } ended && ended <= at)
        {
            return;
        }
        Supersede(role);
        role.To = at < role.From ? role.From : at;
    }

    public void Certify(HomeRole role, DateTimeOffset until)
    {
        Supersede(role);
        role.RecertifyBy = until;
    }

    /// <summary>What one process said by one reference is replaced whole: kept where it is the same, ended and given where it is not.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> ReplaceAsync(Account account, string process, string reference, IReadOnlyList<HomeRole> wanted, CancellationToken ct)
    {
        List<HomeRole> given = [.. account.Roles.Where(role => role.Process == process && role.Reference == reference && !(role.To <= Now))];
        List<HomeRole> missing = [.. wanted];
        missing.RemoveAll(role => given.RemoveAll(held => held.SaysTheSame(role)) > 0);
        given.ForEach(role => End(role, Now));
        foreach (HomeRole role in missing)
        {
            await GiveAsync(account, role, ct);
        }
        if (given.Count + missing.Count == 0)
        {
            return false;
        }
        Changed(account);
        return true;
    }

    // What was believed for no time at all was never believed.
    private void Supersede(HomeRole role)
    {
        if (role.RecordedFrom != Now)
        {
            Db.FormerRoles.Add(role.Superseded(Now));
            role.RecordedFrom = Now;
        }
    }
}
