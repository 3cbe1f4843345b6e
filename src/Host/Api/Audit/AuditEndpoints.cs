using System.Text;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Api.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit/roots/{stream}", RootsAsync).WithTags("Audit").Needs(AccessActions.ReadRoots).WithName("ReadAuditRoots").WithSummary("The signed roots of an agency's audit log")
            .WithDescription("For the agency whose log it is (of Assize's own log, assize: for a platform administrator), and for the agency that keeps its roots as witness, which gets those that it witnesses. The verifier compares an export with them.");

    private static async Task<Results<ContentHttpResult, ProblemResult>> RootsAsync(string stream, Caller caller, AuditRoots roots, AuditQueries audit, CancellationToken ct)
    {
        var witness = !await audit.OwnsAsync(caller, stream, ct);
        return witness && !(await audit.WitnessedAsync(caller, ct)).Contains(stream)
            ? Problem.NotFound("There is no such log, or none whose roots are yours to keep.")
            : TypedResults.Text(await roots.FileAsync(stream, witness ? caller.Agency : null, ct), "application/json", Encoding.UTF8);
    }
}
