using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WidenDirectory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "left_at",
                table: "person",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "moved_at",
                table: "person",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "person_id",
                table: "person",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "agency",
                table: "home_role",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "area",
                table: "home_role",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "authorisations",
                table: "home_role",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "court",
                table: "home_role",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "given_by",
                table: "home_role",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "jurisdiction",
                table: "home_role",
                type: "text",
                nullable: true,
                defaultValue: "criminal");

            migrationBuilder.AddColumn<string>(
                name: "max_classification",
                table: "home_role",
                type: "text",
                nullable: false,
                defaultValue: "private");

            migrationBuilder.AddColumn<string>(
                name: "process",
                table: "home_role",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "recertify_by",
                table: "home_role",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "recorded_from",
                table: "home_role",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reference",
                table: "home_role",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "area",
                table: "agency",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "former_role",
                columns: table => new
                {
                    subject = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    jurisdiction = table.Column<string>(type: "text", nullable: true),
                    agency = table.Column<string>(type: "text", nullable: true),
                    area = table.Column<string>(type: "text", nullable: true),
                    court = table.Column<string>(type: "text", nullable: true),
                    max_classification = table.Column<string>(type: "text", nullable: false),
                    authorisations = table.Column<string>(type: "text", nullable: false),
                    recertify_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    process = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    given_by = table.Column<string>(type: "text", nullable: true),
                    recorded_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_role", x => new { x.subject, x.role, x.from_at, x.recorded_to });
                });

            migrationBuilder.CreateTable(
                name: "status_period",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_status_period", x => new { x.kind, x.key, x.from_at });
                });

            migrationBuilder.CreateTable(
                name: "team",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "team_member",
                columns: table => new
                {
                    team_id = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team_member", x => new { x.subject, x.team_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_person_person_id",
                table: "person",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_team_agency",
                table: "team",
                column: "agency");

            migrationBuilder.CreateIndex(
                name: "ix_team_member_team",
                table: "team_member",
                column: "team_id");

            // Roles from before scopes have the usual one until the feed, read again from its start, says theirs.
            migrationBuilder.Sql("UPDATE home_role SET agency = (SELECT agency FROM person WHERE person.subject = home_role.subject)");
            migrationBuilder.Sql("UPDATE directory_cursor SET version = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_role");

            migrationBuilder.DropTable(
                name: "status_period");

            migrationBuilder.DropTable(
                name: "team");

            migrationBuilder.DropTable(
                name: "team_member");

            migrationBuilder.DropIndex(
                name: "ix_person_person_id",
                table: "person");

            migrationBuilder.DropColumn(
                name: "left_at",
                table: "person");

            migrationBuilder.DropColumn(
                name: "moved_at",
                table: "person");

            migrationBuilder.DropColumn(
                name: "person_id",
                table: "person");

            migrationBuilder.DropColumn(
                name: "agency",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "area",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "authorisations",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "court",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "given_by",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "jurisdiction",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "max_classification",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "process",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "recertify_by",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "recorded_from",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "reference",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "area",
                table: "agency");
        }
    }
}
