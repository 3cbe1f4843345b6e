using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Keys;
using Assize.Identity.Seeding;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Operations;

/// <summary>What must be there before the first request: schema, the deployment's mark, keys, clients, and a demonstration's people.</summary>
internal sealed class Preparation(IServiceScopeFactory scopes, IdentitySettings settings, KeyRing keys, TimeProvider clock) : IHostedLifecycleService
{
    private const int OnlyRow = 1;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await Migrating.MigrateAsync(db, cancellationToken);
        await KeepDeploymentAsync(db, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<KeyRotation>().MakeMissingAsync(db, cancellationToken);
        await keys.LoadAsync(db, cancellationToken);

        DirectoryWriter directory = scope.ServiceProvider.GetRequiredService<DirectoryWriter>();
        await directory.AddMissingAsync(RoleCatalogue.All, cancellationToken);
        ClientRegistrar clients = scope.ServiceProvider.GetRequiredService<ClientRegistrar>();
        await clients.RegisterHostAsync(cancellationToken);
        if (settings.Deployment == Deployment.Demonstration)
        {
            await DemonstrationPeople.SeedAsync(directory, DirectoryWriter.Microseconds(clock.GetUtcNow()), cancellationToken);
            await clients.RegisterDemonstrationAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A demonstration's database holds clients whose secrets lie about and people without passwords,
    // and a real one must never get them: a database belongs to one kind of deployment for ever.
    private async Task KeepDeploymentAsync(IdentityDb db, CancellationToken ct)
    {
        string deployment = settings.Deployment.ToString();
        if (!await db.DirectoryStates.AnyAsync(ct))
        {
            db.DirectoryStates.Add(new DirectoryState { Id = OnlyRow, Version = 0, Deployment = deployment });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException) when (db.DirectoryStates.AsNoTracking().Any())
            {
                db.ChangeTracker.Clear();
            }
        }
        DirectoryState state = await db.DirectoryStates.AsNoTracking().SingleAsync(ct);
        if (state.Deployment != deployment)
        {
            throw new InvalidOperationException(
                $"Expected the identity database of a {deployment} deployment, but this one was made for {state.Deployment}. Use another ASSIZE_IDENTITY_DATABASE or ASSIZE_DATA.");
        }
    }
}
