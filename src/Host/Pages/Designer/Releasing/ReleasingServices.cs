using Assize.Host.Pages.Designer.Migrating;
using Assize.Host.Pages.Designer.Publications;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Queries;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>What the pages of publications and releases need.</summary>
internal static class ReleasingServices
{
    public static IServiceCollection AddReleasing(this IServiceCollection services) => services
        .AddSingleton<PublicationRun>().AddSingleton<ReleaseQueries>().AddSingleton<ReleaseRun>()
        .AddSingleton<RehearsalQueries>().AddSingleton<RehearsalRun>()
        .AddSingleton<MigrationQueries>().AddSingleton<MigrationRun>();
}
