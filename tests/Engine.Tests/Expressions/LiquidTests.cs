using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Xunit;

namespace Assize.Engine.Tests.Expressions;

public sealed class LiquidTests
{
    [Theory]
    [InlineData("{{ Variables.Plea }} of {{ Input.Urn }}", "guilty of 05A")]
    [InlineData("{{ CorrelationId }} {{ Now | date: '%Y-%m-%d %H:%M' }}", "case-1 2026-07-01 10:30")]
    [InlineData("{{ 'now' | date: '%Y-%m-%d' }}", "2026-07-01")]
    [InlineData("{% for d in Variables.List %}{{ d.name }};{% endfor %}", "A;B;")]
    [InlineData("{% if Variables.Count > 1 %}many{% else %}one{% endif %} {{ Variables.Count }}", "many 2")]
    [InlineData("{{ Variables.Nobody }}", "")]
    [InlineData("{{ 'a-b' | replace: '-', '+' | append: '!' }} {{ 'a b' | split: ' ' | join: ',' }}", "a+b! a,b")]
    public void Evaluate_Template_GivesText(string template, string expected)
    {
        ExpressionScope scope = Scope.With(
            new() { ["Plea"] = "guilty", ["Count"] = 2, ["List"] = new JsonArray(new JsonObject { ["name"] = "A" }, new JsonObject { ["name"] = "B" }) },
            new() { ["Urn"] = "05A" });

        Assert.Equal(expected, Scope.Liquid(template, scope));
    }

    [Theory]
    [InlineData("{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}", "statement-limit")]
    [InlineData("{% include 'etc/passwd' %}", "script-failed")]
    [InlineData("{% render 'etc/passwd' %}", "script-failed")]
    [InlineData("{% if %}", "script-unreadable")]
    [InlineData("{{ unclosed", "script-unreadable")]
    public void Evaluate_Faults_AreIncidents(string template, string code) =>
        Assert.Equal(code, Assert.Throws<ExpressionFailed>(() => Scope.Liquid(template)).Code);

    [Theory]
    [InlineData("{% assign s = 'x' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}")]
    [InlineData("{% assign s = 'xxxxxxxxxxxxxxxx' | replace: 'x', 'xxxxxxxxxxxxxxxx' %}{% assign s = s | replace: 'x', s | replace: 'x', s | replace: 'x', s %}{{ s }}")]
    [InlineData("{% assign s = 'x,x,x' | split: ',' %}{% for i in (1..60) %}{% assign s = s | concat: s %}{% endfor %}")]
    [InlineData("{% assign s = 'x' %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}")]
    [InlineData("{% for i in (1..1000000000) %}{% endfor %}")]
    public void Evaluate_Eaters_AreStopped(string template)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        Exception stopped = Assert.ThrowsAny<Exception>(() => Scope.Liquid(template));

        Assert.True(stopped is ScriptLimitExceeded or ExpressionFailed, stopped.ToString());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 400_000_000, "Expected the template to be stopped before it ate the memory");
    }
}
