using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.PostgreSql
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
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalIdClaim",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Test",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TestLogoutAt",
                table: "upstream_enrolment",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TestPassed",
                table: "upstream_enrolment",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TestSession",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TestSubject",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TestTicket",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TestTicketUntil",
                table: "upstream_enrolment",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UntestedReason",
                table: "upstream_enrolment",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalIdClaim",
                table: "upstream",
                type: "text",
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
