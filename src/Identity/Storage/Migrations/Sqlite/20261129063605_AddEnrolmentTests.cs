using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddEnrolmentTests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Contact",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalIdClaim",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Test",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TestLogoutAt",
                table: "upstream_enrolment",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TestPassed",
                table: "upstream_enrolment",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TestSession",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TestSubject",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TestTicket",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TestTicketUntil",
                table: "upstream_enrolment",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UntestedReason",
                table: "upstream_enrolment",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalIdClaim",
                table: "upstream",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Contact",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "ExternalIdClaim",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "Test",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestLogoutAt",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestPassed",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestSession",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestSubject",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestTicket",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "TestTicketUntil",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "UntestedReason",
                table: "upstream_enrolment");

            migrationBuilder.DropColumn(
                name: "ExternalIdClaim",
                table: "upstream");
        }
    }
}
