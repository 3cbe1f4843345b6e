using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Forms;
using Assize.Workflows.Rules;
using Xunit;

namespace Assize.Workflows.Tests.Forms;

public sealed class FormEvaluationTests
{
    private static readonly FormOffence[] s_offences = [new(1, "TH68010", "Theft from a shop"), new(2, "CJ88001", "Common assault")];

    [Fact]
    public void Every_published_form_reads()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("definitions/forms"), "*.json", SearchOption.AllDirectories))
        {
            Assert.NotEmpty(Form.Read(File.ReadAllText(file)).Questions);
        }
    }

    [Fact]
    public void A_question_for_each_offence_wants_an_answer_for_each()
    {
        FormAnswers answers = Check("plea", "NotGuilty", """{ "plea": { "1": "GUILTY", "7": "GUILTY" } }""");
        Assert.Equal(["/plea/7", "/plea/2"], answers.Problems.Select(x => x.Pointer));
    }

    [Fact]
    public void Answers_to_questions_that_are_not_asked_are_dropped()
    {
        FormAnswers answers = Check("plea", "NotGuilty", """{ "plea": { "1": "GUILTY", "2": "NOT_GUILTY" }, "reason": "never asked" }""");
        Assert.True(answers.Accepted);
        Assert.Equal(["plea"], answers.Fields.Select(x => x.Key));
    }

    [Fact]
    public void A_field_that_the_form_does_not_have_is_refused() =>
        Assert.Equal("field-unknown", Assert.Single(Check("plea", "NotGuilty", """{ "plea": { "1": "GUILTY", "2": "NOT_GUILTY" }, "ple": 1 }""").Problems).Code);

    [Fact]
    public void A_case_cannot_conclude_while_an_offence_has_no_final_result()
    {
        FormAnswers answers = Check("hearing-results", "Concluded", """{ "results": [{ "code": "FO", "offence": 1, "amount": "120" }], "ended": "Sentenced" }""");
        Assert.Equal("results-incomplete", Assert.Single(answers.Problems).Code);
    }

    [Fact]
    public void A_fine_with_compensation_and_costs_concludes()
    {
        FormAnswers answers = Check("hearing-results", "Concluded", """
            { "results": [
                { "code": "FO", "offence": 1, "amount": "120" }, { "code": "FCOMP", "offence": 1, "amount": "150.00" }, { "code": "NSP", "offence": 2 },
                { "code": "FVS", "amount": "48" }, { "code": "FCOST", "amount": "85" }, { "code": "COLLO" } ],
              "ended": "Sentenced" }
            """);
        Assert.Empty(answers.Problems);
        Assert.Equal("120.00", (string?)answers.Fields["results"]![0]!["amount"]);
    }

    [Theory]
    [InlineData("""{ "results": [{ "code": "FOO", "offence": 1 }], "ended": "Sentenced" }""", "/results/0/code")]
    [InlineData("""{ "results": [{ "code": "FO", "offence": 3, "amount": "1" }], "ended": "Sentenced" }""", "/results/0/offence")]
    [InlineData("""{ "results": [{ "code": "FO", "offence": 1, "amount": "-1" }], "ended": "Sentenced" }""", "/results/0/amount")]
    [InlineData("""{ "results": [{ "code": "FO", "offence": 1 }], "ended": "Sentenced" }""", "/results/0/amount")]
    [InlineData("""{ "results": "FO", "ended": "Sentenced" }""", "/results")]
    [InlineData("""{ "results": [{ "code": "FO", "offence": 1, "amount": "1", "extra": 1 }], "ended": "Sentenced" }""", "/results/0/extra")]
    [InlineData("""{ "results": [{ "code": "NSP", "offence": 1 }, { "code": "NSP", "offence": 2 }], "ended": "Maybe" }""", "/ended")]
    public void A_wrong_result_line_is_pointed_at(string fields, string pointer) =>
        Assert.Contains(pointer, Check("hearing-results", "Concluded", fields).Problems.Select(x => x.Pointer));

    [Theory]
    [InlineData("2026-02-30", "invalid")]
    [InlineData("2026-03-28", "invalid")]
    [InlineData("27/03/2026", "invalid")]
    [InlineData("", "required")]
    public void A_day_that_is_none_or_out_of_bounds_is_refused(string day, string code) =>
        Assert.Equal(code, Assert.Single(Check("initial-details", "Served", $$"""{ "material": ["charge"], "servedOn": "{{day}}" }""").Problems).Code);

    [Theory]
    [InlineData("initial-review", "each", "\"each\": \"defendant\", ")]
    [InlineData("initial-review", "pattern", "\"pattern\": \"(\", ")]
    [InlineData("initial-review", "tpye", "\"tpye\": \"text\", ")]
    public void A_form_that_cannot_be_used_is_refused(string id, string what, string added)
    {
        string text = File.ReadAllText(Repository.PathOf($"definitions/forms/{id}/1.json")).Replace("\"type\": \"text\",", added + "\"type\": \"text\",", StringComparison.Ordinal);
        if (what == "pattern")
        {
            text = text.Replace(",\n      \"pattern\": \"^[A-Z]{2,4}[0-9]{5}[A-Z]?$\"", "", StringComparison.Ordinal);
        }
        Assert.Throws<RuleFileUnreadable>(() => Form.Read(text));
    }

    private static FormAnswers Check(string form, string outcome, string fields) => FormEvaluation.Check(
        Form.Read(File.ReadAllText(Repository.PathOf($"definitions/forms/{form}/1.json"))), JsonNode.Parse(fields)!.AsObject(),
        new FormContext(outcome, new DateOnly(2026, 3, 27), s_offences));
}
