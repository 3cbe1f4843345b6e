using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddUpstreams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ProvedAt",
                table: "person_session",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "upstream",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", nullable: true),
                    Authentication = table.Column<string>(type: "TEXT", nullable: true),
                    ProtectedCredential = table.Column<string>(type: "TEXT", nullable: true),
                    AdmitsNewcomers = table.Column<bool>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_upstream", x => x.Id);
                    table.ForeignKey(
                        name: "FK_upstream_agency_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agency",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "upstream_enrolment",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    UpstreamId = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyKind = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyName = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", nullable: true),
                    Authentication = table.Column<string>(type: "TEXT", nullable: true),
                    ProtectedCredential = table.Column<string>(type: "TEXT", nullable: true),
                    AdmitsNewcomers = table.Column<bool>(type: "INTEGER", nullable: false),
                    Assurance = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyKey = table.Column<string>(type: "TEXT", nullable: false),
                    Challenge = table.Column<string>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", nullable: false),
                    Report = table.Column<string>(type: "TEXT", nullable: true),
                    ProvedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DraftedBy = table.Column<string>(type: "TEXT", nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_upstream_enrolment", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "upstream_state",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_upstream_state", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "upstream_assurance",
                columns: table => new
                {
                    UpstreamId = table.Column<string>(type: "TEXT", nullable: false),
                    Claim = table.Column<string>(type: "TEXT", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_upstream_assurance", x => new { x.UpstreamId, x.Claim, x.Value });
                    table.ForeignKey(
                        name: "FK_upstream_assurance_upstream_UpstreamId",
                        column: x => x.UpstreamId,
                        principalTable: "upstream",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_upstream_AgencyId",
                table: "upstream",
                column: "AgencyId");

            migrationBuilder.CreateIndex(
                name: "IX_upstream_Kind_Issuer",
                table: "upstream",
                columns: new[] { "Kind", "Issuer" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_upstream_enrolment_CreatedAt",
                table: "upstream_enrolment",
                column: "CreatedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "upstream_assurance");

            migrationBuilder.DropTable(
                name: "upstream_enrolment");

            migrationBuilder.DropTable(
                name: "upstream_state");

            migrationBuilder.DropTable(
                name: "upstream");

            migrationBuilder.DropColumn(
                name: "ProvedAt",
                table: "person_session");
        }
    }
}
