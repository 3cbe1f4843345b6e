using Microsoft.Extensions.DependencyInjection;

namespace Assize.Workflows.Audit;

public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditSettings settings) =>
        services.AddSingleton(settings).AddSingleton<AuditKeys>().AddSingleton<CasePseudonyms>().AddSingleton<AuditSealer>().AddSingleton<AuditRoots>().AddSingleton<AuditExport>();
}
