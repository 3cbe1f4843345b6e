using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Engine.Tests.Rehearsing;

public sealed class StimuliKeyTests
{
    [Theory]
    [InlineData("({ a: '30 working days after now', b: 'Date' })[getVariable('x')]", true)]
    [InlineData("Math.max(1, 2) // now", true)]
    [InlineData("getInput('now').random", true)]
    [InlineData("now().getFullYear() > 2000", false)]
    [InlineData("new Date() > 0", false)]
    [InlineData("Math.random() < 2", false)]
    [InlineData("Math['ran' + 'dom']() < 2", false)]
    [InlineData("const m = Math; m.random() < 2", false)]
    [InlineData("globalThis['D' + 'ate'].now() > 0", false)]
    [InlineData("this['Date'].now() > 0", false)]
    [InlineData("it does not read", false)]
    public void Of_CasesToldTheSameAtOtherInstants_IsTheSame_WhereNoScriptReadsTheClockOrDraws(string script, bool isSame)
    {
        Assert.Equal(isSame, AreAlike(Draw.Activity("w", "Elsa.WriteLine", ("text", Draw.Script(script)))));
        Assert.Equal(isSame, AreAlike(Draw.Activity("w", "Elsa.RunJavaScript", ("script", Draw.Literal(script)))));
    }

    // In Liquid a text can be the name of the instant.
    [Theory]
    [InlineData("{{ 'now' | date: '%Y' }}", false)]
    [InlineData("{{ Variables.x }}", true)]
    public void Of_ALiquidThatMayReadTheClock_TellsInstantsApart(string text, bool isSame) =>
        Assert.Equal(isSame, AreAlike(Draw.Activity("w", "Elsa.WriteLine", ("text", Draw.Wrapped("Liquid", text)))));

    private static bool AreAlike(JsonObject step)
    {
        var plain = DefinitionWriter.Write(Draw.Flow([Draw.Task("a")]));
        var target = DefinitionWriter.Write(Draw.Flow([Draw.Task("a"), step], "a -> w"));
        var later = new RecordedCase(plain, "other") { Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero) };
        return new RecordedCase(plain).Complete("a").Key(target) == later.Complete("a").Key(target);
    }
}
