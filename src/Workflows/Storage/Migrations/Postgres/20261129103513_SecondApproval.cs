using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SecondApproval : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "first_approved_at",
                table: "publication_request",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "first_approved_by",
                table: "publication_request",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "first_approved_by_name",
                table: "publication_request",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "first_approved_at",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "first_approved_by",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "first_approved_by_name",
                table: "publication_request");
        }
    }
}
