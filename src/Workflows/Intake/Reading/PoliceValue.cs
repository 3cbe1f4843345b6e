using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reading;

/// <summary>How the mapping reads values. What cannot be read stays as text, so that the rules can say what is wrong.</summary>
internal static class PoliceValue
{
    private static readonly (string From, string To)[] s_name =
    [
        ("PersonTitle", "title"), ("PersonGivenName1", "forename"), ("PersonGivenName2", "forename2"),
        ("PersonGivenName3", "forename3"), ("PersonFamilyName", "surname"),
    ];

    private static readonly string[] s_addressLines = ["StreetDescription", "Locality", "Town", "PostTown", "AdministrativeArea"];

    public static JsonNode? Text(XmlPart part) => part.Text.Trim() is { Length: > 0 } text ? JsonValue.Create(text) : null;

    public static JsonNode? Number(XmlPart part) =>
        int.TryParse(part.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? JsonValue.Create(number) : Text(part);

    /// <summary>An XML day may carry a zone, which says nothing about a day.</summary>
    public static JsonNode? Day(XmlPart part)
    {
        string text = part.Text.Trim();
        return text.Length > 10 && JsonText.Date(text[..10]) is not null && text[10] is 'Z' or '+' or '-' ? JsonValue.Create(text[..10]) : Text(part);
    }

    public static JsonNode? Name(XmlPart part)
    {
        JsonObject name = [];
        foreach ((string from, string to) in s_name)
        {
            Add(name, to, TakeText(part, from));
        }

        return name.Count > 0 ? name : null;
    }

    /// <summary>A structured address becomes at most five lines: flat and house, street, then places from small to large.</summary>
    public static JsonNode? Address(XmlPart part)
    {
        List<string> lines = [string.Join(", ", new[] { TakeText(part, "SAON"), TakeText(part, "PAON") }.OfType<string>())];
        lines.AddRange(s_addressLines.Select(name => TakeText(part, name)).OfType<string>());
        for (int number = 1; number <= 5; number++)
        {
            lines.Add(TakeText(part, $"AddressLine{number}") ?? "");
        }

        lines.RemoveAll(line => line.Length == 0);
        JsonObject address = [];
        foreach ((int index, string line) in lines.Index())
        {
            string member = $"address{Math.Min(index + 1, 5)}";
            address[member] = index < 5 ? line : $"{address[member]}, {line}";
        }

        Add(address, "postcode", TakeText(part, "PostCode"));
        return address.Count > 0 ? address : null;
    }

    private static void Add(JsonObject target, string member, string? text)
    {
        if (text is not null)
        {
            target[member] = text;
        }
    }

    private static string? TakeText(XmlPart part, string name)
    {
        if (part.Find(name) is not { } found)
        {
            return null;
        }

        found.Taken = true;
        return found.Text.Trim() is { Length: > 0 } text ? text : null;
    }
}
