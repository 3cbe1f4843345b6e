using System.Collections.Immutable;
using Acornima;
using Acornima.Ast;
using Assize.Engine.Definitions;
using Jint;

namespace Assize.Engine.Expressions;

/// <summary>The names that a script writes out where it uses what <see cref="ScriptGlobals"/> makes.</summary>
/// <remarks>A name that it computes is none of them, nor is one that it says to something of its own, or asks for by typeof.</remarks>
internal sealed class ScriptMentions
{
    private const string Variables = "variables";

    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        "getVariable", "setVariable", "getInput", "getOutputFrom", "getCorrelationId", "getWorkflowInstanceId",
    };

    // What any object has; a variable of that name would be found, but none is missed.
    private static readonly HashSet<string> OfObjects = new(StringComparer.Ordinal)
    {
        "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
        "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    };

    private readonly List<ScriptMention> _said = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    public static ImmutableArray<ScriptMention> Of(Prepared<Script> script)
    {
        // Through globalThis a script may put anything in the place of what it is offered.
        if (script.ReferencedGlobals is not { } globals || script.Program is not { } program || globals.Contains("globalThis") || !globals.Any(IsOffered))
        {
            return [];
        }
        ScriptMentions mentions = new();
        foreach (Node node in program.DescendantNodes())
        {
            mentions.Visit(node);
        }
        return [.. mentions._said.Where(x => !mentions._own.Contains(x.By)).Distinct()];
    }

    private static bool IsOffered(string name) => name == Variables || IsFunction(name);

    private static bool IsFunction(string name) =>
        name.Length > 3 && (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal));

    private void Visit(Node node)
    {
        switch (node)
        {
            case CallExpression { Callee: Identifier { Name: var name } } call when IsFunction(name):
                Called(name, call.Arguments);
                break;
            case MemberExpression { Object: Identifier { Name: Variables } } member:
                Member(member.Property, member.Computed);
                break;
            case AssignmentExpression { Left: ObjectPattern members, Right: Identifier { Name: Variables } }:
                Taken(members);
                break;
            case VariableDeclarator declarator:
                Declared(declarator.Id);
                if (declarator is { Id: ObjectPattern taken, Init: Identifier { Name: Variables } })
                {
                    Taken(taken);
                }
                break;
            case IFunction function:
                Declared(function.Id);
                foreach (Node parameter in function.Params)
                {
                    Declared(parameter);
                }
                break;
            case IClass type:
                Declared(type.Id);
                break;
            case CatchClause caught:
                Declared(caught.Param);
                break;
            case UnaryExpression { Operator: Operator.TypeOf, Argument: Identifier asked }:
                _own.Add(asked.Name);
                break;
        }
    }

    private void Called(string name, in NodeList<Acornima.Ast.Expression> given)
    {
        if (name is "getVariable" or "setVariable")
        {
            Literal(name == "getVariable" ? MentionKind.Variable : MentionKind.VariableSet, name, given.Count > 0 ? given[0] : null);
        }
        else if (!Always.Contains(name))
        {
            _said.Add(new(MentionKind.Function, name, name));
        }
        if (name is "setOutcome" or "setOutcomes")
        {
            foreach (Node one in given)
            {
                Outcome(name, one, mayBeList: given.Count == 1);
            }
        }
    }

    private void Outcome(string by, Node given, bool mayBeList)
    {
        switch (given)
        {
            case ArrayExpression list when mayBeList:
                foreach (Node? one in list.Elements)
                {
                    Literal(MentionKind.Outcome, by, one);
                }
                break;
            case ConditionalExpression choice:
                Outcome(by, choice.Consequent, mayBeList);
                Outcome(by, choice.Alternate, mayBeList);
                break;
            default:
                Literal(MentionKind.Outcome, by, given);
                break;
        }
    }

    private void Literal(MentionKind kind, string by, Node? node)
    {
        if (node is ConditionalExpression choice)
        {
            Literal(kind, by, choice.Consequent);
            Literal(kind, by, choice.Alternate);
        }
        else if (TextOf(node) is { } name)
        {
            _said.Add(new(kind, name, by));
        }
    }

    private void Member(Node key, bool isComputed)
    {
        if ((!isComputed && key is Identifier identifier ? identifier.Name : TextOf(key)) is { } name && !OfObjects.Contains(name))
        {
            _said.Add(new(MentionKind.Variable, name, Variables));
        }
    }

    private void Taken(ObjectPattern members)
    {
        foreach (Node member in members.Properties)
        {
            if (member is Property property)
            {
                Member(property.Key, property.Computed);
            }
        }
    }

    private static string? TextOf(Node? node) => node switch
    {
        StringLiteral text => text.Value,
        TemplateLiteral { Expressions.Count: 0 } text => text.Quasis[0].Value.Cooked,
        _ => null,
    };

    private void Declared(Node? target)
    {
        switch (target)
        {
            case Identifier { Name: var name }:
                _own.Add(name);
                break;
            case AssignmentPattern optional:
                Declared(optional.Left);
                break;
            case RestElement rest:
                Declared(rest.Argument);
                break;
            case ArrayPattern list:
                foreach (Node? item in list.Elements)
                {
                    Declared(item);
                }
                break;
            case ObjectPattern members:
                foreach (Node member in members.Properties)
                {
                    Declared(member is Property property ? property.Value : member);
                }
                break;
        }
    }
}
