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

    /// <summary>For the description of an address, that it may answer with a problem of this status.</summary>
    public static ProducesResponseTypeMetadata Described(int status) => new(status, typeof(ApiProblem), s_mediaTypes);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        var changes = builder.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Any(verb => !HttpMethods.IsGet(verb)));
        var takesBody = builder.Metadata.OfType<IAcceptsMetadata>().Any();
        int[] statuses = [400, 401, 403, 404, .. changes ? [409, 422] : Array.Empty<int>(), .. takesBody ? [413, 415] : Array.Empty<int>()];
        foreach (var status in statuses)
        {
            builder.Metadata.Add(Described(status));
        }
    }
}
