using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AccessModel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "case_created_at",
                table: "case_participant",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "joined_at",
                table: "case_participant",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawn_at",
                table: "case_participant",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_reason",
                table: "case_participant",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "classification",
                table: "case_file",
                type: "text",
                nullable: false,
                defaultValue: "private");

            migrationBuilder.AddColumn<string>(
                name: "jurisdiction",
                table: "case_file",
                type: "text",
                nullable: false,
                defaultValue: "criminal");

            migrationBuilder.AddColumn<string>(
                name: "needs_authorisation",
                table: "case_file",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "seal_epoch",
                table: "case_file",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "sealed",
                table: "case_file",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // An agency's newest cases are read off an index of this column.
            migrationBuilder.Sql("UPDATE case_participant SET case_created_at = (SELECT f.created_at FROM case_file f WHERE f.id = case_participant.case_id)");

            migrationBuilder.CreateTable(
                name: "access_grant",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: true),
                    jurisdiction = table.Column<string>(type: "text", nullable: true),
                    only_agency = table.Column<string>(type: "text", nullable: true),
                    only_area = table.Column<string>(type: "text", nullable: true),
                    only_court = table.Column<string>(type: "text", nullable: true),
                    max_classification = table.Column<string>(type: "text", nullable: false),
                    authorisations = table.Column<string>(type: "text", nullable: false),
                    seal_epoch = table.Column<int>(type: "integer", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    live_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recertify_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_person = table.Column<string>(type: "text", nullable: false),
                    requested_agency = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    asked_agency = table.Column<string>(type: "text", nullable: true),
                    sponsored_by = table.Column<string>(type: "text", nullable: true),
                    sponsored_person = table.Column<string>(type: "text", nullable: true),
                    sponsored_agency = table.Column<string>(type: "text", nullable: true),
                    sponsored_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    consented_by = table.Column<string>(type: "text", nullable: true),
                    consented_person = table.Column<string>(type: "text", nullable: true),
                    consented_agency = table.Column<string>(type: "text", nullable: true),
                    consented_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    follows = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_grant", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_proposal",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_person = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seal_epoch = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_proposal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_review",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    grant_id = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    escalated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reviewed_by = table.Column<string>(type: "text", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_review", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_party",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<string>(type: "text", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    part = table.Column<string>(type: "text", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recorded_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_party", x => new { x.case_id, x.person_id, x.from_at });
                });

            migrationBuilder.CreateTable(
                name: "case_protection",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    classification = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<bool>(name: "sealed", type: "boolean", nullable: false),
                    seal_epoch = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    with = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_protection", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exclusion",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: true),
                    jurisdiction = table.Column<string>(type: "text", nullable: true),
                    only_agency = table.Column<string>(type: "text", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_by = table.Column<string>(type: "text", nullable: true),
                    removal_reason = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    declared_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exclusion", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "former_participant",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_participant", x => new { x.case_id, x.agency, x.joined_at });
                });

            migrationBuilder.CreateIndex(
                name: "ix_case_participant_newest",
                table: "case_participant",
                columns: new[] { "agency", "case_created_at", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grant_agency",
                table: "access_grant",
                columns: new[] { "agency", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grant_asked",
                table: "access_grant",
                columns: new[] { "asked_agency", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grant_case",
                table: "access_grant",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_grant_subject",
                table: "access_grant",
                columns: new[] { "subject", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_grant_unit",
                table: "access_grant",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_proposal_unit",
                table: "access_proposal",
                columns: new[] { "unit_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_access_review_agency",
                table: "access_review",
                columns: new[] { "agency", "reviewed_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_review_grant",
                table: "access_review",
                column: "grant_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_review_subject",
                table: "access_review",
                columns: new[] { "subject", "reviewed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_party_person",
                table: "case_party",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_protection_case",
                table: "case_protection",
                columns: new[] { "case_id", "from_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exclusion_person",
                table: "exclusion",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_exclusion_subject",
                table: "exclusion",
                column: "subject");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_grant");

            migrationBuilder.DropTable(
                name: "access_proposal");

            migrationBuilder.DropTable(
                name: "access_review");

            migrationBuilder.DropTable(
                name: "case_party");

            migrationBuilder.DropTable(
                name: "case_protection");

            migrationBuilder.DropTable(
                name: "exclusion");

            migrationBuilder.DropTable(
                name: "former_participant");

            migrationBuilder.DropIndex(
                name: "ix_case_participant_newest",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "case_created_at",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "joined_at",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "withdrawn_reason",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "classification",
                table: "case_file");

            migrationBuilder.DropColumn(
                name: "jurisdiction",
                table: "case_file");

            migrationBuilder.DropColumn(
                name: "needs_authorisation",
                table: "case_file");

            migrationBuilder.DropColumn(
                name: "seal_epoch",
                table: "case_file");

            migrationBuilder.DropColumn(
                name: "sealed",
                table: "case_file");
        }
    }
}
