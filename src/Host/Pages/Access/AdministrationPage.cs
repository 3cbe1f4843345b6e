using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access;

/// <summary>A page that speaks to the identity server as whoever opened it. The server decides; the page says its refusals and keeps what was typed.</summary>
public abstract class AdministrationPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : PageModel
{
    private readonly List<Fault> _faults = [];

    [TempData]
    public string? Did { get; set; }

    /// <summary>Drawn when the form is shown, so that a second click repeats the write instead of adding another.</summary>
    [BindProperty]
    public string? Key { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string NewKey { get; } = Guid.NewGuid().ToString("n");
    public IReadOnlyList<Fault> Faults => _faults;
    public IHtmlContent? Done => Did is null ? null : Show.Success(Did);

    protected IStringLocalizer<AdministrationText> Text => text;

    /// <summary>The ids of the form's fields by the names that the server has for them, where they differ.</summary>
    protected virtual IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string>();

    /// <summary>Why nothing could be read, as an answer.</summary>
    protected IActionResult Refusal { get; private set; } = new NotFoundResult();

    public string? Error(string fieldId) => _faults.Find(fault => fault.FieldId == fieldId)?.Message;

    /// <summary>What was written in several lines is one line to the server.</summary>
    protected static string? OneLine(string? typed) => typed is null ? null : string.Join(' ', typed.Split((char[]?)['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    protected static string Segment(string value) => Uri.EscapeDataString(value);

    /// <summary>What is asked for; null where it may not be had, and <see cref="Refusal"/> says why.</summary>
    protected async Task<T?> ReadAsync<T>(string path, CancellationToken ct)
        where T : class
    {
        var answer = await identity.GetAsync<T>(HttpContext, path, ct);
        if (!answer.IsDone)
        {
            Refusal = Unread(answer.Status);
        }

        return answer.Value;
    }

    protected Task<AdministrationAnswer<T>> SendAsync<T>(HttpMethod method, string path, object body, CancellationToken ct) =>
        identity.SendAsync<T>(HttpContext, method, path, body, ct, Key);

    protected void AddFault(string? fieldId, string english) => _faults.Add(new Fault(fieldId, text[english]));

    /// <summary>The page again, with what was typed and what is wrong with it.</summary>
    protected IActionResult Refuse<T>(AdministrationAnswer<T> answer)
    {
        if (answer.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound)
        {
            return Unread(answer.Status);
        }

        foreach (var (member, said) in answer.Errors)
        {
            var field = member[(member.LastIndexOf('.') + 1)..];
            AddFault(FieldIds.GetValueOrDefault(field, field), AdministrationRefusals.Field(answer.Code, field, said));
        }

        if (answer.Errors.Count == 0)
        {
            AddFault(null, AdministrationRefusals.Whole(answer.Code, answer.Detail));
        }

        return Again(answer.Status == StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : answer.Status);
    }

    /// <summary>The page; or, where what it is for cannot be done now, the page that says so.</summary>
    protected IActionResult ShowIf(bool fits, string otherwise)
    {
        if (fits)
        {
            return Page();
        }

        AddFault(null, otherwise);
        return Again(StatusCodes.Status409Conflict);
    }

    /// <summary>The page with the faults that were added.</summary>
    protected PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    protected RedirectResult DoneAt(string path, string english, params object[] values)
    {
        Did = text[english, values];
        return Redirect(path);
    }

    private IActionResult Unread(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Challenge(),
        StatusCodes.Status400BadRequest or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound => StatusCode(status),
        _ => StatusCode(StatusCodes.Status503ServiceUnavailable),
    };
}
