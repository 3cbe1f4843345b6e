using Assize.Identity.Administration;
using Assize.Identity.Connect;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

internal static class EnrolmentRoutes
{
    public static void MapEnrolment(this WebApplication app)
    {
        RouteGroupBuilder upstreams = app.MapGroup("/api/admin/upstreams").RequireAuthorization(Policies.Administration).AddEndpointFilter(OnlyPlatformAsync);
        upstreams.MapGet("", ListAsync);
        upstreams.MapPost("/{id}/suspend", SuspendAsync);
        RouteGroupBuilder enrolments = upstreams.MapGroup("/enrolments");
        enrolments.MapGet("", OpenAsync);
        enrolments.MapPost("", DraftAsync);
        enrolments.MapGet("/{id}", (string id, HttpContext http, CancellationToken ct) => StepAsync(id, http, (_, _, _) => Task.FromResult<NotNow?>(null), ct));
        enrolments.MapPost("/{id}/checks", (string id, HttpContext http, CancellationToken ct) => StepAsync(id, http, (desk, one, by) => desk.CheckAsync(one, by, ct), ct));
        enrolments.MapPost("/{id}/test", TestAsync);
        enrolments.MapPost("/{id}/proof", (string id, EnrolmentProof body, HttpContext http, IdentitySettings settings, CancellationToken ct) =>
            StepAsync(id, http, (desk, one, by) => desk.ProveAsync(one, body.Proof ?? "", settings.Url, by, ct), ct));
        enrolments.MapPost("/{id}/propose", (string id, EnrolmentProposal? body, HttpContext http, CancellationToken ct) => StepAsync(id, http, (desk, one, by) => desk.ProposeAsync(one, body?.UntestedReason, by, ct), ct));
        enrolments.MapPost("/{id}/approve", (string id, HttpContext http, CancellationToken ct) => StepAsync(id, http, (desk, one, by) => desk.ApproveAsync(one, by, ct), ct));
        enrolments.MapPost("/{id}/activate", (string id, HttpContext http, CancellationToken ct) => StepAsync(id, http, (desk, one, by) => desk.ActivateAsync(one, by, ct), ct));
        enrolments.MapPost("/{id}/abandon", (string id, HttpContext http, CancellationToken ct) => StepAsync(id, http, (desk, one, by) => desk.AbandonAsync(one, by, ct), ct));
    }

    private static async ValueTask<object?> OnlyPlatformAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (await http.RequestServices.GetRequiredService<PlatformAdmins>().FindAsync(http.User, http.RequestAborted) is not { } admin)
        {
            return Problem(new NotNow(StatusCodes.Status403Forbidden, "not_platform_admin", "Only a platform administrator may enrol agencies. Nothing was changed."));
        }
        http.Items[typeof(PlatformAdmin)] = admin;
        return await next(context);
    }

    private static async Task<IResult> ListAsync(IdentityDb db, CancellationToken ct) => TypedResults.Ok(await db.Upstreams.AsNoTracking().OrderBy(row => row.Id)
        .Join(db.Agencies, row => row.AgencyId, agency => agency.Id, (row, agency) => new UpstreamEntry(row.Id, row.AgencyId, agency.Name, row.Kind, row.Issuer, row.Status, row.AdmitsNewcomers)).ToListAsync(ct));

    private static async Task<IResult> OpenAsync(IdentityDb db, Registrations registrations, CancellationToken ct)
    {
        List<UpstreamEnrolment> open = await db.UpstreamEnrolments.AsNoTracking()
            .Where(row => row.Stage != EnrolmentStage.Active && row.Stage != EnrolmentStage.Abandoned).OrderByDescending(row => row.CreatedAt).Take(100).ToListAsync(ct);
        return TypedResults.Ok(open.Select(row => EnrolmentEntries.Of(row, registrations)));
    }

    private static async Task<IResult> DraftAsync(HttpContext http, EnrolmentDrafting drafting, EnrolmentJournal journal, Registrations registrations, CancellationToken ct)
    {
        (EnrolmentDraft? body, _, Outcome? unread) = await BodyReader.ReadAsync<EnrolmentDraft>(http);
        if (body is null)
        {
            return Answer(unread ?? Outcome.Refused(StatusCodes.Status400BadRequest, "not_readable", "Expected a body, but there is none. Nothing was kept."));
        }
        (UpstreamEnrolment? draft, Dictionary<string, string> problems) = await drafting.MakeAsync(body, Admin(http), ct);
        if (draft is null)
        {
            return Answer(Outcome.Invalid(problems));
        }
        await journal.AddAsync(draft, Admin(http), ct);
        return TypedResults.Created("/api/admin/upstreams/enrolments/" + draft.Id, EnrolmentEntries.Of(draft, registrations));
    }

    private static async Task<IResult> TestAsync(string id, HttpContext http, TestSignIn tests, IdentitySettings settings, CancellationToken ct)
    {
        TestLink? link = null;
        IResult answer = await StepAsync(id, http, (desk, one, by) => desk.OfferTestAsync(one, enrolment => link = new TestLink(TestPages.Link(settings.Url, id, tests.Issue(enrolment)), enrolment.TestTicketUntil!.Value), by, ct), ct);
        return answer is Ok<EnrolmentEntry> ? TypedResults.Ok(link) : answer;
    }

    private static async Task<IResult> SuspendAsync(string id, SuspendUpstream body, HttpContext http, EnrolmentActivation activation, CancellationToken ct) =>
        Words.ReasonProblem(body.Reason) is { } unreasoned ? Answer(Outcome.Invalid("reason", unreasoned))
        : await activation.SuspendAsync(id, body.Reason!, Admin(http), ct) ? TypedResults.NoContent() : NotFound();

    private static async Task<IResult> StepAsync(string id, HttpContext http, Func<EnrolmentDesk, UpstreamEnrolment, PlatformAdmin, Task<NotNow?>> step, CancellationToken ct)
    {
        EnrolmentDesk desk = http.RequestServices.GetRequiredService<EnrolmentDesk>();
        if (await http.RequestServices.GetRequiredService<EnrolmentJournal>().FindAsync(id, ct) is not { } enrolment)
        {
            return NotFound();
        }
        try
        {
            return await step(desk, enrolment, Admin(http)) is { } refused ? Problem(refused) : TypedResults.Ok(EnrolmentEntries.Of(enrolment, http.RequestServices.GetRequiredService<Registrations>()));
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problem(new NotNow(StatusCodes.Status409Conflict, "changed_meanwhile", "Somebody else changed this enrolment a moment ago. Nothing of yours was kept; read it again."));
        }
    }

    private static PlatformAdmin Admin(HttpContext http) => (PlatformAdmin)http.Items[typeof(PlatformAdmin)]!;

    private static ProblemHttpResult NotFound() => Problem(new NotNow(StatusCodes.Status404NotFound, "not_found", "There is no such upstream or enrolment. Nothing was changed."));

    private static JsonHttpResult<object> Answer(Outcome refused) => TypedResults.Json(refused.Body, BodyReader.Json, "application/problem+json", refused.Status);

    private static ProblemHttpResult Problem(NotNow refused) =>
        TypedResults.Problem(refused.Detail, statusCode: refused.Status, extensions: new Dictionary<string, object?> { ["code"] = refused.Code });
}
