using Assize.Host.Operations;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Everybody who can act, each with a caller of the API of their own.</summary>
internal sealed class Cast(HttpClient http, SignIn signIn, IReadOnlyList<Person> people, HostSettings settings)
{
    private readonly Dictionary<string, ApiCaller> _callers = [];

    public IEnumerable<string> Agencies => people.Select(person => person.Agency).Distinct();

    public ApiCaller As(Person person) => Caller(person.Subject, () => signIn.TokenAsync(person));

    /// <summary>The case system of the police, which sends charges and reads its own.</summary>
    public ApiCaller PoliceSystem => Caller("demo-client.json", () => signIn.TokenAsync(Credentials("demo-client.json")));

    /// <summary>The systems of all agencies whose credentials stand in the data folder.</summary>
    public IEnumerable<(string Name, ApiCaller Caller)> Systems() =>
        Directory.EnumerateFiles(settings.DataFolder, "demo-client*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), Caller(Path.GetFileName(file), () => signIn.TokenAsync(file))));

    public IEnumerable<Person> Holders(string agency, string role) => people.Where(person => person.Agency == agency && person.Holds(role));

    /// <summary>Somebody of an agency whose work this is not.</summary>
    public Person? Bystander(string agency, string lane, string role) =>
        people.FirstOrDefault(person => person.Agency == agency && !(person.Agency == lane && person.Holds(role)));

    private ApiCaller Caller(string key, Func<Task<string>> token)
    {
        if (!_callers.TryGetValue(key, out var caller))
        {
            _callers.Add(key, caller = new ApiCaller(http, token));
        }

        return caller;
    }

    private string Credentials(string file)
    {
        var path = Path.Combine(settings.DataFolder, file);
        return File.Exists(path) ? path : throw new DemonstrationFailed($"Expected {path}, which the first start of a demonstration writes, but it does not exist. Is ASSIZE_DATA that of the running Host?");
    }
}
