using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agency",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agency", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_file",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    urn = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    stage = table.Column<string>(type: "TEXT", nullable: false),
                    owner_agency = table.Column<string>(type: "TEXT", nullable: false),
                    prosecuting_authority = table.Column<string>(type: "TEXT", nullable: false),
                    court_ou = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<string>(type: "TEXT", nullable: false),
                    classification = table.Column<string>(type: "TEXT", nullable: false),
                    legal_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    concluded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    practice = table.Column<bool>(type: "INTEGER", nullable: false),
                    participants = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_participant",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_participant", x => new { x.case_id, x.agency });
                });

            migrationBuilder.CreateTable(
                name: "defendant",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    is_youth = table.Column<bool>(type: "INTEGER", nullable: false),
                    bail_status = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false),
                    stage = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_defendant", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_cursor",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_cursor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_definition",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false),
                    published_by = table.Column<string>(type: "TEXT", nullable: false),
                    retracted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_definition", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "engine_event",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: true),
                    payload = table.Column<string>(type: "TEXT", nullable: true),
                    taken = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_instance",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    parent_id = table.Column<string>(type: "TEXT", nullable: true),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_version = table.Column<int>(type: "INTEGER", nullable: false),
                    running = table.Column<bool>(type: "INTEGER", nullable: false),
                    sub_status = table.Column<string>(type: "TEXT", nullable: false),
                    incidents = table.Column<int>(type: "INTEGER", nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_instance", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_journal",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    instance_id = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_version = table.Column<int>(type: "INTEGER", nullable: false),
                    stimulus = table.Column<string>(type: "TEXT", nullable: false),
                    payload_digest = table.Column<string>(type: "TEXT", nullable: true),
                    notes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_journal", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "engine_outbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    instance_id = table.Column<string>(type: "TEXT", nullable: true),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    delivered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_payload",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    erased_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_payload", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "engine_request",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    body_digest = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_unit",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_unit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_wait",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    instance_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    activity_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: true),
                    due = table.Column<long>(type: "INTEGER", nullable: true),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_wait", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hearing",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", nullable: false),
                    court_ou = table.Column<string>(type: "TEXT", nullable: false),
                    court_name = table.Column<string>(type: "TEXT", nullable: false),
                    hearing_type = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hearing", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hearing_defendant",
                columns: table => new
                {
                    hearing_id = table.Column<string>(type: "TEXT", nullable: false),
                    defendant_id = table.Column<string>(type: "TEXT", nullable: false),
                    attendance = table.Column<string>(type: "TEXT", nullable: true),
                    ordered = table.Column<string>(type: "TEXT", nullable: true),
                    results = table.Column<string>(type: "TEXT", nullable: true),
                    shared_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hearing_defendant", x => new { x.hearing_id, x.defendant_id });
                });

            migrationBuilder.CreateTable(
                name: "home_role",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    from_at = table.Column<long>(type: "INTEGER", nullable: false),
                    to_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home_role", x => new { x.subject, x.role, x.from_at });
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    defendant_id = table.Column<string>(type: "TEXT", nullable: true),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    wait_id = table.Column<string>(type: "TEXT", nullable: true),
                    instance_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "offence",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    defendant_id = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    wording = table.Column<string>(type: "TEXT", nullable: false),
                    mode_of_trial = table.Column<string>(type: "TEXT", nullable: false),
                    start_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    plea = table.Column<string>(type: "TEXT", nullable: true),
                    verdict = table.Column<string>(type: "TEXT", nullable: true),
                    conviction_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    is_system = table.Column<bool>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "published_resource",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_published_resource", x => new { x.kind, x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "received_message",
                columns: table => new
                {
                    submission_id = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_message", x => x.submission_id);
                });

            migrationBuilder.CreateTable(
                name: "reference_item",
                columns: table => new
                {
                    list = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    from_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_item", x => new { x.list, x.code, x.from_day });
                });

            migrationBuilder.CreateTable(
                name: "reference_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    sender = table.Column<string>(type: "TEXT", nullable: false),
                    sent_by = table.Column<string>(type: "TEXT", nullable: false),
                    authority = table.Column<string>(type: "TEXT", nullable: false),
                    urn = table.Column<string>(type: "TEXT", nullable: false),
                    open_urn = table.Column<string>(type: "TEXT", nullable: true),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", nullable: false),
                    canonical = table.Column<string>(type: "TEXT", nullable: false),
                    unmapped = table.Column<string>(type: "TEXT", nullable: false),
                    corrections = table.Column<string>(type: "TEXT", nullable: false),
                    problems = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submission", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "work_task",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", nullable: true),
                    instance_id = table.Column<string>(type: "TEXT", nullable: false),
                    defendant_id = table.Column<string>(type: "TEXT", nullable: true),
                    hearing_id = table.Column<string>(type: "TEXT", nullable: true),
                    submission_id = table.Column<string>(type: "TEXT", nullable: true),
                    activity_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    instructions = table.Column<string>(type: "TEXT", nullable: false),
                    lane_agency = table.Column<string>(type: "TEXT", nullable: false),
                    lane_role = table.Column<string>(type: "TEXT", nullable: false),
                    form_id = table.Column<string>(type: "TEXT", nullable: false),
                    form_version = table.Column<int>(type: "INTEGER", nullable: false),
                    outcomes = table.Column<string>(type: "TEXT", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    statutory = table.Column<bool>(type: "INTEGER", nullable: false),
                    not_by = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    assignee = table.Column<string>(type: "TEXT", nullable: true),
                    claimed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    completed_by = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    undo = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_task", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_file_created",
                table: "case_file",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_file_urn",
                table: "case_file",
                column: "urn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_participant_agency",
                table: "case_participant",
                column: "agency");

            migrationBuilder.CreateIndex(
                name: "ix_defendant_case",
                table: "defendant",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_engine_event_unit",
                table: "engine_event",
                columns: new[] { "unit_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_instance_definition",
                table: "engine_instance",
                column: "definition_id");

            migrationBuilder.CreateIndex(
                name: "ix_engine_instance_unit",
                table: "engine_instance",
                columns: new[] { "unit_id", "running" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_journal_unit",
                table: "engine_journal",
                columns: new[] { "unit_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ux_engine_journal_sequence",
                table: "engine_journal",
                columns: new[] { "instance_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_engine_outbox_next",
                table: "engine_outbox",
                column: "next_at",
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_outbox_unit",
                table: "engine_outbox",
                columns: new[] { "unit_id", "request_id" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_due",
                table: "engine_wait",
                column: "due",
                filter: "open AND kind = 'Timer'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_event",
                table: "engine_wait",
                column: "name",
                filter: "open AND kind = 'Event'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_unit",
                table: "engine_wait",
                column: "unit_id",
                filter: "open");

            migrationBuilder.CreateIndex(
                name: "ix_hearing_case",
                table: "hearing",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_hearing_court_day",
                table: "hearing",
                columns: new[] { "court_ou", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_hearing_defendant_defendant",
                table: "hearing_defendant",
                column: "defendant_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_case",
                table: "message",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_mailbox",
                table: "message",
                columns: new[] { "agency", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_offence_defendant",
                table: "offence",
                column: "defendant_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_agency",
                table: "person",
                column: "agency");

            migrationBuilder.CreateIndex(
                name: "ix_submission_case",
                table: "submission",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_submission_sender",
                table: "submission",
                columns: new[] { "sender", "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_submission_open_urn",
                table: "submission",
                column: "open_urn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_work_task_assignee",
                table: "work_task",
                columns: new[] { "assignee", "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_task_case",
                table: "work_task",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_work_task_lane",
                table: "work_task",
                columns: new[] { "lane_agency", "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_task_unit",
                table: "work_task",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agency");

            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "case_file");

            migrationBuilder.DropTable(
                name: "case_participant");

            migrationBuilder.DropTable(
                name: "defendant");

            migrationBuilder.DropTable(
                name: "directory_cursor");

            migrationBuilder.DropTable(
                name: "engine_definition");

            migrationBuilder.DropTable(
                name: "engine_event");

            migrationBuilder.DropTable(
                name: "engine_instance");

            migrationBuilder.DropTable(
                name: "engine_journal");

            migrationBuilder.DropTable(
                name: "engine_outbox");

            migrationBuilder.DropTable(
                name: "engine_payload");

            migrationBuilder.DropTable(
                name: "engine_request");

            migrationBuilder.DropTable(
                name: "engine_unit");

            migrationBuilder.DropTable(
                name: "engine_wait");

            migrationBuilder.DropTable(
                name: "hearing");

            migrationBuilder.DropTable(
                name: "hearing_defendant");

            migrationBuilder.DropTable(
                name: "home_role");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "offence");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "published_resource");

            migrationBuilder.DropTable(
                name: "received_message");

            migrationBuilder.DropTable(
                name: "reference_item");

            migrationBuilder.DropTable(
                name: "reference_version");

            migrationBuilder.DropTable(
                name: "submission");

            migrationBuilder.DropTable(
                name: "work_task");
        }
    }
}
