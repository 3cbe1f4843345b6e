using Acornima.Ast;
using Jint;

namespace Assize.Engine.Expressions;

/// <summary>Whether a script can only read and reckon, so that no call in it can run away: such a one is evaluated here, any other in a room of its own.</summary>
/// <remarks>
/// What is not known to be harmless is not plain. Nothing is assigned, no function but the script's own arrows and those named here is called,
/// and no member is written that the engine would call by itself.
/// </remarks>
internal sealed class PlainScript
{
    /// <summary>Characters of source of the longest plain script.</summary>
    public const int Source = 4_096;

    /// <summary>Characters that a plain script may be handed; with more it is evaluated in a room.</summary>
    public const int Handed = 65_536;

    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _arrows = new(StringComparer.Ordinal);

    public static bool Is(string source, Prepared<Script> script)
    {
        if (source.Length > Source || script.Program is not { } program || script.ReferencedGlobals is not { } globals || !globals.All(PlainNames.IsGlobal))
        {
            return false;
        }
        PlainScript plain = new();
        foreach (Node node in program.DescendantNodes())
        {
            plain.Declare(node);
        }
        return program.Body.All(plain.Allows);
    }

    /// <summary>Of a plain script: whether it calls methods or makes lists; otherwise no function of the engine runs in it that would have to be guarded.</summary>
    public static bool IsBare(Prepared<Script> script) => !script.Program!.DescendantNodes().Any(node =>
        node is ArrayExpression or SpreadElement or NewExpression or CallExpression { Callee: MemberExpression }
            or Identifier { Name: "Object" or "Array" or "Math" or "JSON" or "Date" });

    private void Declare(Node node)
    {
        switch (node)
        {
            case VariableDeclarator { Id: Identifier { Name: var name }, Init: ArrowFunctionExpression } when _declared.Add(name):
                _arrows.Add(name);
                break;
            case VariableDeclarator declarator:
                Shadow(declarator.Id);
                break;
            case ArrowFunctionExpression arrow:
                foreach (Node parameter in arrow.Params)
                {
                    Shadow(parameter);
                }
                break;
        }
    }

    // A name that is declared twice, or not as an arrow, is nothing to call.
    private void Shadow(Node target)
    {
        foreach (Node node in target.DescendantNodesAndSelf())
        {
            if (node is Identifier { Name: var name })
            {
                _declared.Add(name);
                _arrows.Remove(name);
            }
        }
    }

    private bool Allows(Node? node) => node switch
    {
        null => true,
        VariableDeclarator declarator => IsTarget(declarator.Id) && Allows(declarator.Init),
        ArrowFunctionExpression arrow => !arrow.Async && arrow.Params.All(IsTarget) && Allows(arrow.Body),
        ObjectProperty property => property is { Computed: false, Method: false, Kind: PropertyKind.Init } && PlainNames.IsKey(property.Key) && Allows(property.Value),
        MemberExpression member => Allows(member.Object) && (!member.Computed || Allows(member.Property)),
        CallExpression call => AllowsCall(call),
        NewExpression created => IsGlobal(created.Callee, "Date") && created.Arguments.All(Allows),
        BinaryExpression binary => binary.Operator is not Acornima.Operator.InstanceOf && Allows(binary.Left) && Allows(binary.Right),
        UnaryExpression unary => unary is not UpdateExpression && unary.Operator is not Acornima.Operator.Delete && Allows(unary.Argument),
        BigIntLiteral or RegExpLiteral => false,
        Identifier or Literal or TemplateElement or EmptyStatement => true,
        ExpressionStatement or VariableDeclaration or ReturnStatement or IfStatement or BlockStatement or ConditionalExpression or ChainExpression
            or ArrayExpression or ObjectExpression or SpreadElement or TemplateLiteral or ParenthesizedExpression => node.ChildNodes.All(Allows),
        _ => false,
    };

    private bool AllowsCall(CallExpression call) => call.Callee switch
    {
        Identifier { Name: var name } => (_arrows.Contains(name) || (!_declared.Contains(name) && PlainNames.IsFunction(name))) && call.Arguments.All(Allows),
        MemberExpression { Computed: false, Property: Identifier { Name: var name } } member =>
            Allows(member.Object) && PlainNames.IsMethod(name) && call.Arguments.All(Allows) && AllowsArguments(name, call.Arguments),
        _ => false,
    };

    private bool AllowsArguments(string method, NodeList<Expression> given) => method switch
    {
        "replace" or "replaceAll" => given is [StringLiteral, StringLiteral],
        "padStart" or "padEnd" or "repeat" => given.Count > 0 && given[0] is NumericLiteral { Value: <= 1000 },
        "stringify" or "parse" => given.Count == 1,
        "sort" when given.Count == 0 => true,
        _ when PlainNames.TakesFunction(method) => given.Count > 0 && IsOwnFunction(given[0]),
        _ => true,
    };

    private bool IsOwnFunction(Node node) =>
        node is ArrowFunctionExpression || (node is Identifier { Name: var name } && _arrows.Contains(name))
        || IsGlobal(node, "Boolean") || IsGlobal(node, "String") || IsGlobal(node, "Number");

    private bool IsGlobal(Node node, string name) => node is Identifier identifier && identifier.Name == name && !_declared.Contains(name);

    private static bool IsTarget(Node node) => node switch
    {
        Identifier => true,
        ArrayPattern list => list.Elements.All(element => element is null or Identifier),
        ObjectPattern members => members.Properties.All(member => member is Property { Computed: false, Value: Identifier }),
        _ => false,
    };
}
