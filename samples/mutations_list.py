"""The faults that mutations.py puts into samples, most of them into the full one."""

from dataclasses import dataclass

SRC = "src/full_example"
INTEGRATION = "tests/integration"
RQ = "src/accounts_on_mysql"
DRAMATIQ = "src/small_service"
ARQ = "src/coroutines"
WORKER = "tests/e2e/test_worker.py"


@dataclass(frozen=True)
class Fault:
    """A fault, and what must find it: "static", "docs", "coverage", or tests."""

    title: str
    file: str
    old: str
    new: str
    check: str
    sqlite: bool = False
    sample: str = "full"


FAULTS = [
    # 006 testing
    Fault(
        "too little is tested",
        "pyproject.toml",
        "fail_under = 80",
        "fail_under = 99",
        "coverage",
    ),
    Fault(
        "tests leave something behind",
        "tests/fixtures/database.py",
        "transaction.rollback()",
        "transaction.commit()",
        f"{INTEGRATION}/database/test_isolation.py",
    ),
    # 007 database
    Fault(
        "savepoints leak on SQLite",
        f"{SRC}/database/config.py",
        'event.listen(engine, "begin", _begin_on_sqlite)',
        "pass",
        f"{INTEGRATION}/database/test_isolation.py",
        sqlite=True,
    ),
    Fault(
        "times without a zone are taken",
        f"{SRC}/database/base.py",
        'raise ValueError("a point in time needs a time zone")',
        "return value",
        f"{INTEGRATION}/database/test_models.py",
    ),
    Fault(
        "the pool has another size",
        f"{SRC}/database/config.py",
        "pool_size=settings.database_pool_size",
        "pool_size=5",
        f"{INTEGRATION}/database/test_config.py",
    ),
    Fault(
        "a column has no migration",
        f"{SRC}/database/models.py",
        "    text: Mapped[str]",
        "    more: Mapped[int] = mapped_column(default=0)\n    text: Mapped[str]",
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "a step cannot be taken back",
        "migrations/versions/0001_notes.py",
        'op.drop_table("notes")',
        "pass",
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "a query is slow",
        f"{SRC}/database/base.py",
        "return value.replace(tzinfo=UTC)",
        "__import__('time').sleep(0.3)\n        return value.replace(tzinfo=UTC)",
        "tests/performance/test_query_time.py",
    ),
    # The HTTP interface
    Fault(
        "a title that is known is a crash",
        f"{SRC}/api/notes.py",
        "except IntegrityError as error:",
        "except ZeroDivisionError as error:",
        f"{INTEGRATION}/test_notes.py",
    ),
    Fault(
        "an answer is not in the description",
        f"{SRC}/api/notes.py",
        '@router.get("/{note_id}", responses=problems.documented(404, 422))',
        '@router.get("/{note_id}", responses=problems.documented(422))',
        "tests/contract/test_openapi.py",
    ),
    Fault(
        "errors repeat what was sent",
        f"{SRC}/api/problems.py",
        'message=one["msg"]',
        'message=one["msg"] + str(one.get("input"))',
        f"{INTEGRATION}/test_api.py",
    ),
    Fault(
        "errors tell what happened inside",
        f"{SRC}/api/problems.py",
        "await response(500)(",
        "import traceback\n            await response(500, traceback.format_exc())(",
        f"{INTEGRATION}/test_api.py",
    ),
    Fault(
        "it says to be ready without its database",
        f"{SRC}/api/health.py",
        "response.status_code = 503",
        "pass",
        "tests/e2e/test_readiness.py",
    ),
    Fault(
        "http is served where https is wanted",
        f"{SRC}/api/main.py",
        "if settings.force_https:",
        "if False:",
        f"{INTEGRATION}/test_api.py",
    ),
    Fault(
        "large requests are read",
        f"{SRC}/api/middleware.py",
        "if left < 0:",
        "if False:",
        f"{INTEGRATION}/test_api.py",
    ),
    Fault(
        "an answer is slow",
        f"{SRC}/api/greetings.py",
        "return Greeting(",
        "__import__('time').sleep(1.1)\n    return Greeting(",
        "tests/performance/test_response_time.py",
    ),
    Fault(
        "to be asked to end is a failure",
        f"{SRC}/api/__main__.py",
        "signal.signal(signal.SIGTERM, _end)",
        "pass",
        "tests/e2e/test_server.py",
    ),
    Fault(
        "a setting is not in the example",
        ".env.example",
        "# MAX_BODY_BYTES=1048576\n",
        "",
        "tests/unit/test_settings.py",
    ),
    # 009 accounts
    Fault(
        "passwords are kept as they are",
        f"{SRC}/auth/passwords.py",
        "return hasher.hash(password)",
        "return password",
        "tests/unit/test_passwords.py",
    ),
    Fault(
        "short passwords are taken",
        f"{SRC}/auth/passwords.py",
        "if len(password) < MIN_LENGTH:",
        "if False:",
        "tests/unit/test_passwords.py",
    ),
    Fault(
        "a token chooses how it is checked",
        f"{SRC}/auth/jwt.py",
        "algorithms=[ALGORITHM]",
        'algorithms=[jwt.get_unverified_header(token)["alg"]]',
        "tests/unit/test_jwt.py",
    ),
    Fault(
        "tokens for others are taken",
        f"{SRC}/auth/jwt.py",
        "audience=AUDIENCE,",
        "",
        "tests/unit/test_jwt.py",
    ),
    Fault(
        "tokens never expire",
        f"{SRC}/auth/jwt.py",
        'options={"require": REQUIRED}',
        'options={"require": REQUIRED, "verify_exp": False}',
        "tests/unit/test_jwt.py",
    ),
    Fault(
        "guessing is not slowed down",
        f"{SRC}/auth/rate_limit.py",
        'parse("3/minute")',
        'parse("3000/minute")',
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "a stolen refresh token goes on",
        f"{SRC}/auth/service.py",
        "if claimed.rowcount != 1:",
        "if False:",
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "who signs out stays in",
        f"{SRC}/auth/service.py",
        "User.active, living)",
        "User.active)",
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "everybody is an administrator",
        f"{SRC}/auth/dependencies.py",
        "if signed_in.user.role != role:",
        "if False:",
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "sessions of others can be ended",
        f"{SRC}/auth/service.py",
        "                RefreshToken.user_id == user_id,\n                RefreshToken.family",
        "                RefreshToken.family",
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "notes are for everybody",
        f"{SRC}/api/notes.py",
        "dependencies=[Depends(require_user)],",
        "",
        f"{INTEGRATION}/test_auth.py",
    ),
    Fault(
        "production takes the development key",
        f"{SRC}/settings.py",
        "if key == DEVELOPMENT_KEY or len(key) < 32:",
        "if False:",
        "tests/unit/test_settings.py",
    ),
    Fault(
        "browsers are not told to stay with https",
        f"{SRC}/api/middleware.py",
        'headers.setdefault("Strict-Transport-Security", age)',
        "pass",
        f"{INTEGRATION}/test_api.py",
    ),
    Fault(
        "a code is not bound to who asked for it",
        f"{SRC}/auth/oauth.py",
        '"code_verifier": self.attempt.verifier',
        '"code_verifier": "anything"',
        f"{INTEGRATION}/test_oauth.py",
    ),
    Fault(
        "the state is not looked at",
        f"{SRC}/auth/oauth_router.py",
        "or not hmac.compare_digest(attempt.state.encode(), state.encode())",
        "or not hmac",
        f"{INTEGRATION}/test_oauth.py",
    ),
    Fault(
        "anybody can make the cookie of an attempt",
        f"{SRC}/auth/oauth.py",
        "if not hmac.compare_digest(signature.encode(), _sign(text, key).encode()):",
        "if not signature:",
        f"{INTEGRATION}/test_oauth.py",
    ),
    Fault(
        "an account that is there is taken over",
        f"{SRC}/auth/identities.py",
        "is not None:\n        raise AccountExistsError",
        "is not None:\n        return session.scalars(select(User).where(User.email == email)).one()",
        f"{INTEGRATION}/test_oauth.py",
    ),
    Fault(
        "addresses that nobody confirmed count",
        f"{SRC}/auth/providers.py",
        "if email.primary and email.verified",
        "if email.primary",
        f"{INTEGRATION}/test_oauth.py",
    ),
    # 010 observability
    Fault(
        "secrets deep in a record are logged",
        f"{SRC}/observability/logging.py",
        "{key: _clean(key, item, depth + 1) for key, item in value.items()}",
        "value",
        "tests/unit/test_logging.py",
    ),
    Fault(
        "passwords in addresses are logged",
        f"{SRC}/observability/logging.py",
        'URL_PASSWORD.sub(rf"\\1:{REDACTED}@", value)',
        "value",
        "tests/unit/test_logging.py",
    ),
    Fault(
        "each path is a label",
        f"{SRC}/observability/metrics.py",
        'getattr(scope.get("route"), "path", UNMATCHED)',
        'scope["path"]',
        f"{INTEGRATION}/test_metrics.py",
    ),
    Fault(
        "requests are not logged",
        f"{SRC}/api/main.py",
        "app.add_middleware(AccessLog)",
        "pass",
        f"{INTEGRATION}/test_access_log.py",
    ),
    Fault(
        "values of statements are in traces",
        f"{SRC}/observability/database_tracing.py",
        '"db.query.text", statement)',
        '"db.query.text", statement + str(_values))',
        f"{INTEGRATION}/test_database_tracing.py",
    ),
    Fault(
        "traces do not arrive",
        f"{SRC}/observability/tracing.py",
        "/v1/traces",
        "/v2/traces",
        "tests/e2e/test_tracing.py",
    ),
    Fault(
        "an alert comes too late",
        "deploy/observability/alerts.yml",
        "> 0.05",
        "> 0.5",
        "static",
    ),
    # 011 task queue
    Fault(
        "a task gives up too early",
        f"{SRC}/tasks/jobs.py",
        "max_retries=3",
        "max_retries=1",
        f"{INTEGRATION}/tasks/test_jobs.py",
    ),
    Fault(
        "a task never gives up",
        f"{SRC}/tasks/jobs.py",
        "max_retries=3",
        "max_retries=9",
        f"{INTEGRATION}/tasks/test_jobs.py",
    ),
    Fault(
        "a killed worker takes its task with it",
        f"{SRC}/tasks/app.py",
        "task_acks_late=True",
        "task_acks_late=False",
        "tests/e2e/test_worker.py::test_task_of_a_killed_worker_is_done_by_another_one",
    ),
    Fault(
        "work is done twice",
        f"{SRC}/tasks/jobs.py",
        "        if needed:\n            deliver(text)",
        "        deliver(text)",
        "tests/e2e/test_worker.py::test_same_key_is_delivered_once",
    ),
    Fault(
        "two workers do the same at once",
        f"{SRC}/tasks/idempotency.py",
        "nx=True, ex=time_limit()",
        "nx=False, ex=time_limit()",
        "tests/unit/test_idempotency.py",
    ),
    Fault(
        "a message may run code",
        f"{SRC}/tasks/app.py",
        'accept_content=["json"]',
        'accept_content=["json", "pickle"]',
        f"{INTEGRATION}/tasks/test_jobs.py",
    ),
    Fault(
        "one task in ten waits long",
        f"{SRC}/tasks/jobs.py",
        'logger.info("%s", text)',
        "number = globals()['number'] = globals().get('number', 0) + 1\n"
        "    __import__('time').sleep(26 if number % 10 == 0 else 0)",
        "tests/performance/test_queue_time.py",
    ),
    # RQ is in the sample mysql, Dramatiq in sqlite, arq in arq.
    Fault(
        "RQ: a mistake is tried again",
        f"{RQ}/tasks/app.py",
        "job.retries_left = 0",
        "pass",
        f"{WORKER}::test_mistake_is_not_tried_again",
        sample="mysql",
    ),
    Fault(
        "RQ: a task is tried again at once",
        f"{RQ}/tasks/app.py",
        "interval=[pause(tries) for tries in range(MAX_RETRIES)]",
        "interval=0",
        f"{WORKER}::test_task_that_fails_twice_succeeds",
        sample="mysql",
    ),
    Fault(
        "RQ: a killed worker takes its task with it",
        f"{RQ}/tasks/worker.py",
        "return self.lost_seconds",
        "return 3600",
        f"{WORKER}::test_task_of_a_killed_worker_is_done_by_another_one",
        sample="mysql",
    ),
    Fault(
        "RQ: messages are pickled",
        f"{RQ}/tasks/app.py",
        ", serializer=JSONSerializer)",
        ")",
        f"{INTEGRATION}/tasks/test_jobs.py",
        sample="mysql",
    ),
    Fault(
        "RQ: failures are not counted",
        f"{RQ}/tasks/worker.py",
        '"failed": "FAILURE"',
        '"failed": "SUCCESS"',
        "tests/e2e/test_worker_metrics.py",
        sample="mysql",
    ),
    Fault(
        "RQ: the scheduler is an hour late",
        f"{RQ}/tasks/scheduler.py",
        "hour=6",
        "hour=7",
        "tests/e2e/test_scheduler.py::test_what_is_due_each_morning",
        sample="mysql",
    ),
    Fault(
        "Dramatiq: a mistake is tried again",
        f"{DRAMATIQ}/tasks/app.py",
        "retries < MAX_RETRIES and isinstance(error, kinds)",
        "retries < MAX_RETRIES",
        f"{WORKER}::test_mistake_is_not_tried_again",
        sample="sqlite",
    ),
    Fault(
        "Dramatiq: a killed worker takes its task with it",
        f"{DRAMATIQ}/tasks/app.py",
        "heartbeat_timeout=settings.queue_lost_seconds * 1000",
        "heartbeat_timeout=3_600_000",
        f"{WORKER}::test_task_of_a_killed_worker_is_done_by_another_one",
        sample="sqlite",
    ),
    Fault(
        "Dramatiq: a worker that is asked to end breaks its task off",
        f"{DRAMATIQ}/tasks/worker.py",
        "timeout=settings.queue_time_limit_seconds * 1000",
        "timeout=1",
        f"{WORKER}::test_worker_that_is_asked_to_end_finishes_its_task",
        sample="sqlite",
    ),
    Fault(
        "arq: a worker that is asked to end breaks its task off",
        f"{ARQ}/tasks/worker.py",
        "job_completion_wait=settings.queue_time_limit_seconds",
        "job_completion_wait=0",
        f"{WORKER}::test_worker_that_is_asked_to_end_finishes_its_task",
        sample="arq",
    ),
    Fault(
        "arq: a task never gives up",
        f"{ARQ}/tasks/app.py",
        "if tries >= MAX_RETRIES:",
        "if False:",
        f"{INTEGRATION}/tasks/test_jobs.py",
        sample="arq",
    ),
    Fault(
        "arq: work is done twice",
        f"{ARQ}/tasks/jobs.py",
        "        if needed:\n            await deliver(text)",
        "        await deliver(text)",
        f"{WORKER}::test_same_key_is_delivered_once",
        sample="arq",
    ),
    # 004 security
    Fault(
        "what was not checked passes",
        "scripts/security/run_security_checks.py",
        "if any(report.not_checked for report in reports.values()):",
        "if False:",
        "tests/unit/security",
    ),
    Fault(
        "exceptions hold for ever",
        "scripts/security/run_security_checks.py",
        "elif expires is not None and expires < today:",
        "elif False:",
        "tests/unit/security",
    ),
    # 005 containers, and what only files say
    Fault(
        "the image has no version", "Dockerfile", "astral-sh/uv:0.13.8", "astral-sh/uv", "static"
    ),
    Fault(
        "compose waits for nothing there is",
        "compose.yaml",
        "service_healthy",
        "service_well",
        "static",
    ),
    Fault(
        "Kubernetes does not know a word",
        "deploy/kubernetes/hpa.yaml",
        "maxReplicas",
        "maxReplicaz",
        "static",
    ),
    Fault(
        "ECS wants a text",
        "deploy/aws/task-definition.json",
        '"cpu": "512"',
        '"cpu": 512',
        "static",
    ),
    Fault("fly serves no process", "deploy/fly.toml", '["api"]', '["web"]', "static"),
    Fault(
        "a platform asks at the wrong place",
        "deploy/cloud-run/service.yaml",
        "path: /ready",
        "path: /readiness",
        "static",
    ),
    Fault(
        "a deployment sets what nobody reads",
        "deploy/cloud-run/service.yaml",
        "FORCE_HTTPS",
        "FORCE_TLS",
        "static",
    ),
    Fault(
        "a workflow may write",
        ".github/workflows/ci.yml",
        "contents: read",
        "contents: rite",
        "static",
    ),
    Fault(
        "an action is not pinned",
        ".github/workflows/ci.yml",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "actions/checkout@v7",
        "static",
    ),
    Fault(
        "a document links to nowhere",
        "docs/index.md",
        "architecture.md",
        "architektur.md",
        "docs",
    ),
]
