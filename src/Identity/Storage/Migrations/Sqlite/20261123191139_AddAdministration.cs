using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddAdministration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Department",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FamilyName",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GivenName",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "role_request",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Gift = table.Column<string>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_request", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "scim_mapping",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    Group = table.Column<string>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    Gift = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scim_mapping", x => x.Id);
                    table.ForeignKey(
                        name: "FK_scim_mapping_agency_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agency",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scim_token",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scim_token", x => x.Id);
                    table.ForeignKey(
                        name: "FK_scim_token_agency_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agency",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "stored_answer",
                columns: table => new
                {
                    Caller = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stored_answer", x => new { x.Caller, x.Key });
                });

            migrationBuilder.CreateIndex(
                name: "IX_role_request_AgencyId_Status_RequestedAt",
                table: "role_request",
                columns: new[] { "AgencyId", "Status", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_role_request_Subject",
                table: "role_request",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_scim_mapping_AgencyId",
                table: "scim_mapping",
                column: "AgencyId");

            migrationBuilder.CreateIndex(
                name: "IX_scim_token_AgencyId",
                table: "scim_token",
                column: "AgencyId");

            migrationBuilder.CreateIndex(
                name: "IX_stored_answer_At",
                table: "stored_answer",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "role_request");

            migrationBuilder.DropTable(
                name: "scim_mapping");

            migrationBuilder.DropTable(
                name: "scim_token");

            migrationBuilder.DropTable(
                name: "stored_answer");

            migrationBuilder.DropColumn(
                name: "Department",
                table: "account");

            migrationBuilder.DropColumn(
                name: "FamilyName",
                table: "account");

            migrationBuilder.DropColumn(
                name: "GivenName",
                table: "account");
        }
    }
}
