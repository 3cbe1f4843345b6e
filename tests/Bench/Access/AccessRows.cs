using System.Globalization;

namespace Assize.Bench.Access;

/// <summary>A large database by set-based SQL: sixty agencies, people with a standing role each, grants, and cases with three agencies each.</summary>
internal static class AccessRows
{
    public const int Agencies = 60;
    public const int Forces = 43;

    public static IEnumerable<string> Sql(int cases, int people, int grants)
    {
        yield return $"INSERT INTO agency (id, kind, name, status) SELECT 'a' || n, 'police', 'Agency ' || n, 'active' FROM generate_series(0, {Text(Agencies - 1)}) n";
        yield return $"""
            INSERT INTO person (subject, person_id, name, agency, is_system, status)
            SELECT 's' || n, 'h' || n, 'Person ' || n, 'a' || (n % {Text(Agencies)}), false, 'active' FROM generate_series(0, {Text(people - 1)}) n
            """;
        // Every third works in one area only, and sees a part of what the agency has.
        yield return $"""
            INSERT INTO home_role (subject, role, from_at, jurisdiction, agency, area, max_classification, authorisations, process, reference)
            SELECT 's' || n, 'reviewing-lawyer', '2026-01-01', 'criminal', CASE WHEN n % 3 = 0 THEN NULL ELSE 'a' || (n % {Text(Agencies)}) END,
              CASE WHEN n % 3 = 0 THEN 'area' || (n % 7) END, 'private', '[]', 'bench', 'bench' FROM generate_series(0, {Text(people - 1)}) n
            """;
        yield return $"""
            INSERT INTO case_file (id, urn, status, stage, owner_agency, prosecuting_authority, court_ou, area, gravest_mode_of_trial, legal_date, created_at, practice, participants, jurisdiction, classification, sealed, seal_epoch)
            SELECT 'c' || lpad(n::text, 8, '0'), 'U' || n, 'ACTIVE', 'Review', 'a' || (n % {Text(Forces)}), 'x', 'B' || (n % 40), 'area' || (n % 7), 'summary', '2026-01-01',
              timestamptz '2020-01-01' + n * interval '3 minutes', false, '[]', 'criminal',
              CASE WHEN n % 20 = 0 THEN 'restricted' WHEN n % 5 = 0 THEN 'public' ELSE 'private' END, n % 500 = 0, CASE WHEN n % 500 = 0 THEN 1 ELSE 0 END
            FROM generate_series(0, {Text(cases - 1)}) n
            """;
        yield return $"""
            INSERT INTO case_participant (case_id, agency, since, reason, case_created_at, case_area)
            SELECT f.id, 'a' || x.agency, f.created_at, 'bench', f.created_at, f.area
            FROM (SELECT id, created_at, area, substr(urn, 2)::int AS n FROM case_file) f,
              LATERAL (SELECT f.n % {Text(Forces)} AS agency UNION SELECT {Text(Forces)} + f.n % 7 UNION SELECT {Text(Forces + 7)} + f.n % {Text(Agencies - Forces - 7)}) x
            """;
        yield return $"""
            INSERT INTO access_grant (id, unit_id, kind, state, subject, person_id, agency, role, case_id, max_classification, authorisations, to_at, live_at, reason,
              requested_by, requested_person, requested_agency, requested_at, asked_agency, sponsored_by, sponsored_person, sponsored_agency, consented_by, consented_person, consented_agency)
            SELECT 'g' || n, f.id, CASE WHEN n % 3 = 0 THEN 'cross' ELSE 'case' END, 'live', 's' || (n % {Text(people)}), 'h' || (n % {Text(people)}),
              'a' || (n % {Text(people)} % {Text(Agencies)}), 'reviewing-lawyer', f.id, 'restricted', '[]', now() + interval '20 days', now() - interval '1 day', 'Bench, for a joint operation',
              'r', 'r', 'x', now() - interval '2 days', f.owner_agency, 'sponsor', 'sponsor', 'a' || (n % {Text(people)} % {Text(Agencies)}), 'consenter', 'consenter', f.owner_agency
            FROM generate_series(0, {Text(grants - 1)}) n JOIN case_file f ON f.urn = 'U' || (n::bigint * 7919 % {Text(cases)})
            """;
        yield return $"""
            INSERT INTO exclusion (id, unit_id, subject, person_id, case_id, from_at, reason, declared_by)
            SELECT 'x' || n, 'bench', 's' || (n % {Text(people)}), 'h' || (n % {Text(people)}), 'c' || lpad((n::bigint * 104729 % {Text(cases)})::text, 8, '0'), '2026-01-01', 'bench', 'bench'
            FROM generate_series(0, {Text(grants / 10)}) n
            """;
        yield return "ANALYZE";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
