namespace Assize.Host.Demonstration.Journey;

/// <summary>Somebody on the sign-in page.</summary>
internal sealed record Person(string Subject, string Name, string Title)
{
    public string Agency => Subject[(Subject.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>The page shows titles; a title names the roles that its holder has.</summary>
    public bool Holds(string role) => Title.Contains(role.Replace('-', ' '), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Name}, {Title}";
}
