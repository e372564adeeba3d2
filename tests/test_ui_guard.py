"""What stands before the page: hosts, origins, passwords, bounds, headers."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ui.guard import COOKIE, Guard, Policy, host_allowed


class Reply:
    def __init__(self) -> None:
        self.status, self.headers, self.body = 0, {}, b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.body += message.get("body", b"")


async def inside(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


async def visit(guard: Guard, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
    reply = Reply()
    path, _, query = path.partition("?")
    sent = {"host": "127.0.0.1:7860"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(), "client": ("10.0.0.9", 5), "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    await guard(scope, receive, reply.send)
    return reply


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:7860", True),
        ("localhost", True),
        ("[::1]:7860", True),
        ("192.168.1.20:7860", True),
        ("chat.firm.example", True),
        ("CHAT.firm.example:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
    ],
)
def test_only_known_names_are_answered(host: str, allowed: bool) -> None:
    assert host_allowed(host, ["chat.firm.example"]) is allowed


async def test_a_foreign_host_and_a_foreign_origin_are_turned_away() -> None:
    guard = Guard(inside, Policy())
    assert (await visit(guard, host="evil.example")).status == 400
    assert (await visit(guard, method="POST", origin="http://evil.example")).status == 403
    assert (await visit(guard, method="POST", origin="http://127.0.0.1:7860")).status == 200
    assert (await visit(guard, method="POST")).status == 200


async def test_every_answer_carries_the_security_headers() -> None:
    for guard, path in ((Guard(inside, Policy()), "/"), (Guard(inside, Policy(password="x")), "/")):
        reply = await visit(guard, path)
        policy = reply.headers["content-security-policy"]
        assert (
            "default-src 'self'" in policy
            and "frame-ancestors 'none'" in policy
            and "img-src 'self' data: blob:" in policy
        )
        assert reply.headers["x-content-type-options"] == "nosniff"


async def test_uploads_are_bounded_and_closed_when_read_only() -> None:
    guard = Guard(inside, Policy(upload_bytes=1000))
    upload = "/gradio_api/upload"
    assert (await visit(guard, upload, "POST", content_length="1000")).status == 200
    assert (await visit(guard, upload, "POST", content_length="1001")).status == 413
    assert (await visit(guard, upload, "POST")).status == 411
    assert (await visit(Guard(inside, Policy(read_only=True)), upload, "POST", content_length="5")).status == 403


async def test_a_password_is_asked_for_and_a_session_lets_in() -> None:
    guard = Guard(inside, Policy(password="open sesame"))
    asked = await visit(guard, "/?q=x", accept="text/html", accept_language="zh-CN")
    assert asked.status == 401 and "密码" in asked.body.decode() and 'value="/?q=x"' in asked.body.decode()
    wrong = await visit(guard, "/login", "POST", b"secret=no", accept="text/html")
    assert wrong.status == 401 and 'role="alert"' in wrong.body.decode()
    right = await visit(guard, "/login", "POST", b"secret=open+sesame&next=%2F%3Fq%3Dx")
    cookie = right.headers["set-cookie"]
    assert right.status == 303 and right.headers["location"] == "/?q=x"
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and cookie.startswith(COOKIE)
    assert (await visit(guard, "/config", cookie=cookie.split(";")[0])).body == b"inside"
    assert (await visit(guard, "/config", cookie=cookie.split(";")[0] + "0")).status == 401
    assert (await visit(guard, "/config", cookie=f"{COOKIE}=99999999999.abc")).status == 401


async def test_a_name_and_password_work_for_programs() -> None:
    guard = Guard(inside, Policy(password="ann:pass:word"))
    given = base64.b64encode(b"ann:pass:word").decode()
    assert (await visit(guard, "/config", authorization=f"Basic {given}")).status == 200
    other = base64.b64encode(b"bob:pass:word").decode()
    assert (await visit(guard, "/config", authorization=f"Basic {other}")).status == 401
    for broken in ("Basic %%%", "Bearer x", "Basic " + base64.b64encode(b"\xff\xfe").decode()):
        assert (await visit(guard, "/config", authorization=broken)).status == 401


async def test_after_wrong_passwords_even_the_right_one_has_to_wait() -> None:
    guard = Guard(inside, Policy(password="right"))
    for _ in range(5):
        assert (await visit(guard, "/login", "POST", b"secret=guess")).status == 401
    reply = await visit(guard, "/login", "POST", b"secret=right")
    assert reply.status == 429 and int(reply.headers["retry-after"]) >= 1


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nset-cookie:x"])
async def test_signing_in_leads_nowhere_else(after: str) -> None:
    from urllib.parse import quote

    reply = await visit(Guard(inside, Policy(password="x")), "/login", "POST", f"secret=x&next={quote(after)}".encode())
    assert reply.status == 303 and reply.headers["location"] == "/"


async def test_the_language_of_the_page_follows_the_browser_unless_asked_otherwise() -> None:
    guard = Guard(inside, Policy())
    chinese = {"accept": "text/html", "accept_language": "zh-CN,zh;q=0.9"}
    reply = await visit(guard, "/?q=a%20b", **chinese)
    assert reply.status == 307 and reply.headers["location"] == "/zh/?q=a%20b"
    assert (await visit(guard, "/?lang=en", **chinese)).status == 200
    assert (await visit(guard, "/", accept="text/html", accept_language="en")).status == 200
    assert (await visit(guard, "/config", **chinese)).status == 200
