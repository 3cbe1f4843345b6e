namespace Assize.Workflows.Intake.Reading;

internal enum ShapeKind { Object, List, Text, Integer, Day, Time, Money }

internal enum Need { Optional, InChargeJson, Always }

/// <summary>What a value of the canonical charge may be.</summary>
internal sealed record Shape(ShapeKind Kind)
{
    public Need Need { get; init; }
    public int Longest { get; init; }
    public bool AtLeastOne { get; init; }
    public Shape? Item { get; init; }

    /// <summary>Members in the order they are shown.</summary>
    public IReadOnlyList<(string Name, Shape Shape)> Members { get; init; } = [];

    /// <summary>Demanded of both formats.</summary>
    public Shape Always => this with { Need = Need.Always };

    /// <summary>Demanded by the published charge schema; the police XML schema leaves it open.</summary>
    public Shape InCharge => this with { Need = Need.InChargeJson };

    public static Shape Integer { get; } = new(ShapeKind.Integer);

    /// <summary>yyyy-MM-dd, and a day of the calendar.</summary>
    public static Shape Day { get; } = new(ShapeKind.Day);

    /// <summary>A London clock time: HH:mm, seconds and fractions optional.</summary>
    public static Shape Time { get; } = new(ShapeKind.Time);

    /// <summary>Pounds as text, at most two decimals, a sign allowed.</summary>
    public static Shape Money { get; } = new(ShapeKind.Money);

    public static Shape Text(int longest) => new(ShapeKind.Text) { Longest = longest };

    public static Shape List(Shape item, bool atLeastOne = false) => new(ShapeKind.List) { Item = item, AtLeastOne = atLeastOne };

    public static Shape Object(params (string Name, Shape Shape)[] members) => new(ShapeKind.Object) { Members = members };
}
