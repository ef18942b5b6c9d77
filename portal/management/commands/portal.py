"""``manage.py portal``: everything in one program. This is what ``make run`` starts."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.demo.people import DEMO_PASSWORD, demo_people
from portal.embedded import EmbeddedBrokerMissing, broker
from portal.supervisor import (
    Stopped,
    Supervisor,
    port_is_free,
    scheduler_part,
    site_address,
    web_part,
    worker_part,
)


class Command(BaseCommand):
    help = "Runs web, worker and scheduler together, with an embedded broker where none is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        # As a text: the parser then says what is wrong with it, as with the option itself.
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
        parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not port_is_free(host, port):
            raise CommandError(f"Port {port} is in use. Choose another one: PORT=8010 make run")
        self._migrate()
        if settings.DEMO_MODE:
            call_command("load_demo", verbosity=0)
        with ExitStack() as stack:
            environment = {
                "REDIS_URL": self._broker_url(stack),
                # The worker writes links into mails and knows no request to take the address from.
                "PORTAL_URL": os.environ.get("PORTAL_URL") or site_address(host, port),
            }
            try:
                self._run(stack, environment, host, port, options["workers"])
            except Stopped:
                self.stdout.write("\nStopping.")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database.")
            call_command("migrate", verbosity=0, interactive=False)

    def _broker_url(self, stack: ExitStack) -> str:
        if settings.REDIS_URL:
            return str(settings.REDIS_URL)
        try:
            return stack.enter_context(broker(settings.VAR_DIR / "broker"))
        except EmbeddedBrokerMissing as error:
            raise CommandError(str(error)) from None

    def _run(
        self, stack: ExitStack, environment: dict[str, str], host: str, port: int, workers: int
    ) -> None:
        connection.close()
        supervisor = stack.enter_context(Supervisor(environment))
        pid_file = settings.VAR_DIR / "scheduler.pid"
        pid_file.unlink(missing_ok=True)
        supervisor.start(web_part(port, host))
        supervisor.start(worker_part(workers))
        supervisor.start(scheduler_part(str(pid_file)))
        address = f"http://{host}:{port}/"
        if not supervisor.wait_until_answering(f"{address}healthz", 60):
            raise CommandError("The web server did not start; see the messages above.")
        self._greet(address)
        dead = supervisor.watch()
        raise CommandError(f"The {dead.name} ended unexpectedly; everything was stopped.")

    def _greet(self, address: str) -> None:
        self.stdout.write(f"\nThe portal is running: {address}")
        if settings.DEMO_MODE:
            self.stdout.write(f"Demo sign-ins (password {DEMO_PASSWORD}):")
            for person in demo_people():
                self.stdout.write(f"  {person.email:<36} {person.title}")
        self.stdout.write("Ctrl-C stops everything.")
        self.stdout.flush()
