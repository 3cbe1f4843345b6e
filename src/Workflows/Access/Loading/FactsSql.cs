using System.Collections.Concurrent;

namespace Assize.Workflows.Access.Loading;

/// <summary>
/// One query for everything that a decision reads, as one JSON text: commands put it beside their own load, checks run it alone.
/// Parameters: @subject, @real (the real clock) and @target.
/// </summary>
internal static class FactsSql
{
    private static readonly ConcurrentDictionary<(AccessTargetKind Kind, string CaseId, bool IsPostgres), string> s_known = new();

    public static string For(AccessTarget target, bool isPostgres) => For(target.Kind, Case(target.Kind), isPostgres);

    /// <param name="caseId">SQL that gives the id of the case in question; one of a few constant texts.</param>
    public static string For(AccessTargetKind kind, string caseId, bool isPostgres) =>
        s_known.GetOrAdd((kind, caseId, isPostgres), key => Make(key.Kind, key.CaseId, key.IsPostgres));

    private static string Make(AccessTargetKind kind, string caseId, bool isPostgres)
    {
        Json json = new(isPostgres);
        return "SELECT " + json.Text(json.Object(
            ("person", json.Sub(Person(json))),
            ("case", json.Sub(File(json, caseId))),
            ("caseId", $"({caseId})"),
            ("home", json.Sub(Home(json))),
            ("grants", json.Sub(Grants(json))),
            ("exclusions", json.Sub(Exclusions(json))),
            ("task", kind == AccessTargetKind.Task ? json.Sub(Task(json)) : "NULL"),
            ("ownedBy", kind switch
            {
                AccessTargetKind.Submission => "(SELECT s.sender FROM submission s WHERE s.id = @target)",
                AccessTargetKind.Message => "(SELECT m.agency FROM message m WHERE m.id = @target)",
                _ => "NULL",
            })));
    }

    private static string Case(AccessTargetKind kind) => kind switch
    {
        AccessTargetKind.Case => "SELECT f.id FROM case_file f WHERE f.id = @target",
        AccessTargetKind.Task => "SELECT w.case_id FROM work_task w WHERE w.id = @target",
        AccessTargetKind.Submission => "SELECT s.case_id FROM submission s WHERE s.id = @target",
        AccessTargetKind.Message => "SELECT m.unit_id FROM message m WHERE m.id = @target",
        _ => "SELECT NULL",
    };

    private const string PersonId = "(SELECT COALESCE(me.person_id, me.subject) FROM person me WHERE me.subject = @subject)";

    private static string Person(Json json) =>
        "SELECT " + json.Object(
            ("subject", "p.subject"), ("personId", "COALESCE(p.person_id, p.subject)"), ("agency", "p.agency"), ("status", "p.status"),
            ("agencyStatus", "COALESCE(a.status, 'unknown')"), ("isSystem", "p.is_system"))
        + " FROM person p LEFT JOIN agency a ON a.id = p.agency WHERE p.subject = @subject";

    private static string File(Json json, string caseId) =>
        "SELECT " + json.Object(
            ("id", "f.id"), ("owner", "f.owner_agency"), ("ownerStatus", "COALESCE(o.status, 'unknown')"), ("jurisdiction", "f.jurisdiction"),
            ("area", "f.area"), ("court", "f.court_ou"), ("classification", "f.classification"), ("sealed", "f.sealed"), ("sealEpoch", "f.seal_epoch"),
            ("needsAuthorisation", "f.needs_authorisation"),
            ("participants", json.Sub($"SELECT {json.Array("c.agency")} FROM case_participant c WHERE c.case_id = f.id AND c.withdrawn_at IS NULL")),
            ("parties", json.Sub($"SELECT {json.Array("y.person_id")} FROM case_party y WHERE y.case_id = f.id AND (y.to_at IS NULL OR y.to_at > @real)")))
        + $" FROM case_file f LEFT JOIN agency o ON o.id = f.owner_agency WHERE f.id = ({caseId}) AND NOT f.practice";

    private static string Home(Json json) =>
        $"SELECT {json.Array(json.Object(
            ("role", "r.role"), ("jurisdiction", "r.jurisdiction"), ("agency", "r.agency"), ("area", "r.area"), ("court", "r.court"),
            ("max", "r.max_classification"), ("authorisations", "r.authorisations"), ("from", "r.from_at"), ("to", "r.to_at"), ("recertifyBy", "r.recertify_by"),
            ("reason", "r.process"), ("requestedBy", "r.given_by")))} FROM home_role r WHERE r.subject = @subject AND (r.to_at IS NULL OR (r.to_at > @real AND (r.recorded_from IS NULL OR r.recorded_from < r.to_at)))";

    private static string Grants(Json json) =>
        $"SELECT {json.Array(json.Object(
            ("id", "g.id"), ("kind", "g.kind"), ("role", "g.role"), ("caseId", "g.case_id"), ("jurisdiction", "g.jurisdiction"), ("agency", "g.only_agency"),
            ("area", "g.only_area"), ("court", "g.only_court"), ("max", "g.max_classification"), ("authorisations", "g.authorisations"), ("sealEpoch", "g.seal_epoch"),
            ("from", "g.from_at"), ("liveAt", "g.live_at"), ("to", "g.to_at"), ("endedAt", "g.ended_at"), ("recertifyBy", "g.recertify_by"), ("reason", "g.reason"),
            ("requestedBy", "g.requested_by"), ("requestedPerson", "g.requested_person"), ("requestedAgency", "g.requested_agency"),
            ("sponsoredBy", "g.sponsored_by"), ("sponsoredPerson", "g.sponsored_person"), ("sponsoredAgency", "g.sponsored_agency"),
            ("consentedBy", "g.consented_by"), ("consentedPerson", "g.consented_person"), ("consentedAgency", "g.consented_agency")))}"
        + " FROM access_grant g WHERE g.subject = @subject AND g.live_at IS NOT NULL AND g.ended_at IS NULL AND (g.to_at IS NULL OR g.to_at > @real)";

    private static string Exclusions(Json json) =>
        $"SELECT {json.Array(json.Object(
            ("id", "x.id"), ("subject", "x.subject"), ("personId", "x.person_id"), ("from", "x.from_at"), ("to", "x.to_at"),
            ("caseId", "x.case_id"), ("jurisdiction", "x.jurisdiction"), ("agency", "x.only_agency")))}"
        + $" FROM exclusion x WHERE (x.subject = @subject OR x.person_id = {PersonId}) AND x.removed_at IS NULL";

    private static string Task(Json json) =>
        "SELECT " + json.Object(
            ("id", "w.id"), ("caseId", "w.case_id"), ("laneAgency", "w.lane_agency"), ("laneRole", "w.lane_role"), ("assignee", "w.assignee"), ("notBy", "w.not_by"),
            ("notByPeople", json.Sub($"SELECT {json.Array("COALESCE(n.person_id, n.subject)")} FROM person n WHERE n.subject IN ({json.Items("w.not_by")})")))
        + " FROM work_task w WHERE w.id = @target";

    /// <summary>The few words in which the two databases differ.</summary>
    private sealed record Json(bool IsPostgres)
    {
        public string Object(params ReadOnlySpan<(string Name, string Sql)> members)
        {
            List<string> parts = [];
            foreach ((string name, string sql) in members)
            {
                parts.Add($"'{name}', {sql}");
            }
            return $"{(IsPostgres ? "json_build_object" : "json_object")}({string.Join(", ", parts)})";
        }

        public string Array(string sql) => IsPostgres ? $"COALESCE(json_agg({sql}), '[]')" : $"json_group_array({sql})";

        /// <summary>The texts of an array that a column holds.</summary>
        public string Items(string column) => IsPostgres ? $"SELECT json_array_elements_text(CAST({column} AS json))" : $"SELECT value FROM json_each({column})";

        /// <summary>SQLite forgets at a sub-query's edge that a text is JSON.</summary>
        public string Sub(string query) => IsPostgres ? $"({query})" : $"json(({query}))";

        public string Text(string sql) => IsPostgres ? $"CAST({sql} AS text)" : sql;
    }
}
