using System.Reflection;
using Assize.Host.Api.Contracts;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assize.Host.Api.Problems;

/// <summary>A problem as an endpoint's answer.</summary>
public sealed class ProblemResult(ApiProblem problem) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private static readonly string[] s_mediaTypes = [Problem.MediaType];

    public ApiProblem Value { get; } = problem;
    public int? StatusCode => Value.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Value.Status;
        return httpContext.Response.WriteAsJsonAsync(Value, options: null, Problem.MediaType, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in (int[])[400, 401, 403, 404])
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), s_mediaTypes));
        }
    }
}
