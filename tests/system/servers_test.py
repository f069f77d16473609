#!/usr/bin/env python3
"""Templates from real servers on the loopback: git over http (with a password) and ssh, archives over http.

usage: servers_test.py PATH_TO_SCAFFOLD [unittest arguments]

Needs git, curl and sshd. CI runs it; the ordinary tests do not need servers.
"""

import base64
import http.server
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SCAFFOLD = ""
PASSWORD = "s3cret-word"
PARALLEL_RUNS = 200


class GitHandler(http.server.BaseHTTPRequestHandler):
    """git's own http-backend behind Basic authentication; *.tar.gz are plain files."""

    protocol_version = "HTTP/1.0"
    root = pathlib.Path()
    online = True

    def log_message(self, *_):
        pass

    def authorised(self):
        expected = base64.b64encode(f"ada:{PASSWORD}".encode()).decode()
        return self.path.startswith("/open/") or self.headers.get("Authorization") == f"Basic {expected}"

    def answer(self):
        if not self.online:
            self.send_error(503)
        elif not self.authorised():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="templates"')
            self.end_headers()
        elif self.path.endswith(".tar.gz") and not (self.root / self.path.lstrip("/")).exists():
            self.send_error(404)
        elif self.path.endswith(".tar.gz"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write((self.root / self.path.lstrip("/")).read_bytes())
        else:
            self.run_backend()

    do_GET = do_POST = answer

    def run_backend(self):
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        variables = {
            "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.root), "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_USER": "ada",
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", "")}
        done = subprocess.run(["git", "http-backend"], input=body, env=variables, capture_output=True, check=False)
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        status = 200
        headers = []
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            if name == "Status":
                status = int(value.split()[0])
            elif name:
                headers.append((name, value))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(rest)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServersTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scaffold-servers-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
            "GIT_TERMINAL_PROMPT": "0", "GIT_AUTHOR_NAME": "J", "GIT_AUTHOR_EMAIL": "j@example.org",
            "GIT_COMMITTER_NAME": "J", "GIT_COMMITTER_EMAIL": "j@example.org"}
        self.served = self.folder / "served"
        for place in ("open", "closed"):
            self.make_template(self.served / place / "t")

    def make_template(self, folder):
        (folder / "sub").mkdir(parents=True)
        (folder / "copier.yml").write_text("name: {type: str, default: demo}\n")
        (folder / "{{_copier_conf.answers_file}}.jinja").write_text("{{ _copier_answers|to_nice_yaml }}")
        (folder / "hello.txt.jinja").write_text("hello {{ name }}\n")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"], ["tag", "v1.0.0"],
                        ["archive", "--prefix=t-1/", "-o", "../t.tar.gz", "HEAD"]):
            subprocess.run(["git", "-C", folder, *command], check=True, env=self.environment)

    def serve_http(self):
        handler = type("Handler", (GitHandler,), {"root": self.served, "online": True})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return handler, f"127.0.0.1:{server.server_port}"

    def serve_ssh(self):
        os.makedirs("/run/sshd", exist_ok=True)  # Debian's sshd wants it
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / name], check=True)
        shutil.copy(self.folder / "user.pub", self.folder / "authorized")
        port = free_port()
        (self.folder / "sshd.conf").write_text(
            f"ListenAddress 127.0.0.1:{port}\nHostKey {self.folder}/host\nPidFile none\nStrictModes no\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nPasswordAuthentication no\nUsePAM no\n"
            "PermitRootLogin yes\n")
        sshd = subprocess.Popen([shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", self.folder / "sshd.conf"],
                                stderr=subprocess.DEVNULL)
        self.addCleanup(sshd.wait)
        self.addCleanup(sshd.terminate)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        self.environment["GIT_SSH_COMMAND"] = (
            f"ssh -F none -i {self.folder}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null")
        return f"ssh://{os.environ.get('USER') or 'root'}@127.0.0.1:{port}"

    def copy(self, source, name="out", *arguments):
        return subprocess.run([SCAFFOLD, "copy", "--defaults", *arguments, source, name], cwd=self.folder,
                              env=self.environment, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=120)

    def assert_rendered(self, done, name="out"):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / name / "hello.txt").read_text(), "hello demo\n")

    def test_http(self):
        _, address = self.serve_http()
        self.assert_rendered(self.copy(f"http://{address}/open/t"))
        answers = (self.folder / "out/.copier-answers.yml").read_text()
        self.assertIn(f"_commit: v1.0.0\n_src_path: http://{address}/open/t\n", answers)

    def test_password_of_a_url_stays_secret(self):
        _, address = self.serve_http()
        done = self.copy(f"http://ada:{PASSWORD}@{address}/closed/t")
        self.assert_rendered(done)
        self.assertNotIn(PASSWORD, done.stdout + done.stderr)
        for folder in ("out", ".cache"):
            for path in (self.folder / folder).rglob("*"):
                if path.is_file():
                    self.assertNotIn(PASSWORD.encode(), path.read_bytes(), path)

    def test_credential_helper(self):
        _, address = self.serve_http()
        (self.folder / ".gitconfig").write_text("[credential]\n\thelper = store\n")
        (self.folder / ".git-credentials").write_text(f"http://ada:{PASSWORD}@{address}\n")
        self.assert_rendered(self.copy(f"git+http://{address}/closed/t"))

    def test_wrong_password_is_one_error(self):
        _, address = self.serve_http()
        done = self.copy(f"http://ada:{PASSWORD}x@{address}/closed/t")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith("error: git clone failed"), done.stderr)
        self.assertNotIn(PASSWORD, done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_archive_by_http(self):
        _, address = self.serve_http()
        self.assert_rendered(self.copy(f"http://{address}/open/t.tar.gz"))
        done = self.copy(f"http://{address}/open/absent.tar.gz", "other")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot download", done.stderr)

    def test_ssh(self):
        address = self.serve_ssh()
        self.assert_rendered(self.copy(f"{address}{self.served}/closed/t"))

    def test_offline_from_the_cache(self):
        handler, address = self.serve_http()
        source = f"http://{address}/open/t"
        self.assert_rendered(self.copy(source))
        handler.online = False
        done = self.copy(source, "again")
        self.assert_rendered(done, "again")
        self.assertIn("using the copy in the cache", done.stderr)
        self.assertEqual(self.copy(f"http://{address}/open/other", "third").returncode, 1)

    def test_parallel_runs_share_a_cold_cache(self):
        _, address = self.serve_http()
        runs = [subprocess.Popen([SCAFFOLD, "copy", "-q", "--defaults", f"http://{address}/open/t", f"p{i}"],
                                 cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                for i in range(PARALLEL_RUNS)]
        for i, run in enumerate(runs):
            errors = run.communicate(timeout=300)[1]
            self.assertEqual(run.returncode, 0, errors)
            self.assertEqual((self.folder / f"p{i}/hello.txt").read_text(), "hello demo\n")
        leftovers = [p.name for p in (self.folder / ".cache/scaffold/git").iterdir() if p.name.startswith(".clone")]
        self.assertEqual(leftovers, [])


if __name__ == "__main__":
    SCAFFOLD = os.path.abspath(sys.argv.pop(1))
    unittest.main()
