using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Xunit;

namespace Assize.Engine.Tests.Expressions;

public sealed class EvaluatorTests
{
    [Fact]
    public void Evaluate_PlainLanguages_GiveCopies()
    {
        ExpressionScope scope = Scope.With(new() { ["Plea"] = "guilty" }, new() { ["Urn"] = "05A" });

        Assert.Equal("5", Evaluator.Evaluate(new("Literal", 5), scope)!.ToJsonString());
        Assert.Equal("""{"a":[1]}""", Evaluator.Evaluate(new("Object", """{ "a": [1] }"""), scope)!.ToJsonString());
        Assert.Equal("""{"a":1}""", Evaluator.Evaluate(new("Object", new JsonObject { ["a"] = 1 }), scope)!.ToJsonString());
        Assert.Equal("guilty", Evaluator.Evaluate(new("Variable", new JsonObject { ["id"] = "id-Plea", ["name"] = "Plea" }), scope)!.GetValue<string>());
        Assert.Equal("guilty", Evaluator.Evaluate(new("Variable", "Plea"), scope)!.GetValue<string>());
        Assert.Equal("05A", Evaluator.Evaluate(new("Input", "Urn"), scope)!.GetValue<string>());
        Assert.Null(Evaluator.Evaluate(new("Input", "Nothing"), scope));
        Assert.Null(Evaluator.Evaluate(new("Literal", null), scope));
    }

    [Theory]
    [InlineData("CSharp", "1", "expression-unknown")]
    [InlineData("Python", "1", "expression-unknown")]
    [InlineData("Object", "{", "object-unreadable")]
    [InlineData("Variable", "Nobody", "unknown-variable")]
    [InlineData("Variable", "", "unknown-variable")]
    public void Evaluate_WrongExpression_IsAnIncident(string type, string value, string code) =>
        Assert.Equal(code, Assert.Throws<ExpressionFailed>(() => Evaluator.Evaluate(new Expression(type, value), Scope.With())).Code);
}
