#!/usr/bin/env python3
"""Stands in for the OSV service: knows one old vulnerability, and that everything else is fine.

So a check of dependencies can be shown to find what it must, on a machine that reaches nobody.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ADVISORY = {
    "id": "PYSEC-2021-108",
    "modified": "2021-07-02T00:00:00Z",
    "aliases": ["CVE-2021-33503"],
    "summary": "Catastrophic backtracking in the authority of a URL",
    "details": "",
    "affected": [
        {
            "package": {"name": "urllib3", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.26.5"}]}],
            "versions": ["1.26.4"],
        }
    ],
}


class Handler(BaseHTTPRequestHandler):
    """Answers questions about one package each."""

    def do_POST(self) -> None:
        """Say which vulnerabilities a version of a package has."""
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = (question["package"]["name"], question["version"])
        body = json.dumps({"vulns": [ADVISORY]} if asked == ("urllib3", "1.26.4") else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
