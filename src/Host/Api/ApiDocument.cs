using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Assize.Host.Api;

/// <summary>The OpenAPI document and the page that shows it.</summary>
public static class ApiDocument
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/scalar", Show).AllowAnonymous();
    }

    // The page's script comes with the package; it starts by an inline one, which the nonce lets through, and styles itself inline.
    private static void Show(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; "
            + "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        options.WithTitle("Assize API").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent()
            .AddDocument("v1", "Assize API", "/openapi/v1.json");
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Assize API",
            Version = "v1",
            Description = """
                Send a prosecution, follow its case, and do the work that waits for your agency.

                **Who you are.** Every request carries an access token of the identity server: client credentials for an agency's system,
                authorization code with PKCE for people. What you see is what your agency takes part in; the rest looks absent.

                **Repeating a request.** Posts to a task or a case take an `Idempotency-Key` of your choosing (1 to 128 visible characters). The same key
                with the same body gets the same answer again; with another body it is refused with 422.

                **Lists** come in pages. Pass `next` of one page as `cursor` for the following one; the list ends where `next` is null.

                **Problems** are RFC 9457 documents with a stable `code`, and `errors` that point at the places at fault.

                **Instants** are UTC. Days are days in London.
                """,
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An access token of the identity server.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }
}
