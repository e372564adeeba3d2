"""What stands before the page: trusted hosts, same origin, password, upload bounds, security headers. Plain ASGI.

Gradio alone sends no security headers, checks no Host header and lets any origin post on a named host.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
import ipaddress
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from ui.i18n import preferred

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "report_chat"
SESSION_SECONDS = 12 * 3600
_CSP = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'none'; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer a browser posts the password form as from nowhere
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
_FREE_TRIES = 5
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Policy:
    """``hosts``: names the page may be reached by, beside IP addresses and localhost; ``*`` allows any.

    ``password``: ``secret`` or ``name:secret``, None for none. ``upload_bytes``: bound of one upload request.
    """

    hosts: frozenset[str] = frozenset()
    password: str | None = None
    read_only: bool = False
    upload_bytes: int = 50 * 2**20


def host_allowed(header: str, hosts: Iterable[str]) -> bool:
    """Whether a Host header may be answered. An IP address cannot be rebound by someone's DNS; a name can."""
    name = header.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    allowed = frozenset(host.lower() for host in hosts)
    if name == "localhost" or "*" in allowed or name in allowed:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@dataclass
class _Door:
    """Who may come in: sessions signed with a key of this process, and the wait after wrong passwords by address."""

    password: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    wrong: dict[str, tuple[int, float]] = field(default_factory=dict)

    def matches(self, name: str, secret: str) -> bool:
        """A password of the form ``name:secret`` wants both, any other the secret alone."""
        given = f"{name}:{secret}" if ":" in self.password else secret
        return hmac.compare_digest(given.encode(), self.password.encode())

    def wait(self, address: str, now: float) -> float:
        """Seconds this address has to wait before another try."""
        return max(0.0, self.wrong.get(address, (0, 0.0))[1] - now)

    def failed(self, address: str, now: float) -> None:
        if len(self.wrong) > 10_000:
            self.wrong = {who: entry for who, entry in self.wrong.items() if entry[1] > now}
        tries = self.wrong.get(address, (0, 0.0))[0] + 1
        delay = min(_LONGEST_WAIT, 2.0 ** (tries - _FREE_TRIES)) if tries >= _FREE_TRIES else 0.0
        self.wrong[address] = (tries, now + delay)

    def sign(self, until: int) -> str:
        mac = hmac.new(self.key, str(until).encode(), hashlib.sha256).hexdigest()
        return f"{until}.{mac}"

    def valid(self, cookie: str, now: float) -> bool:
        until, _, _ = cookie.partition(".")
        return (
            until.isascii()
            and until.isdigit()
            and int(until) > now
            and hmac.compare_digest(cookie, self.sign(int(until)))
        )


class Guard:
    """ASGI middleware around the whole page; see the module's docstring."""

    def __init__(self, app: App, policy: Policy) -> None:
        self._app = app
        self._policy = policy
        self._door = _Door(policy.password) if policy.password else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            if refusal is None and self._known(headers):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        if refusal is not None:
            await _reply(send, refusal[0], refusal[1])
        elif self._door is not None and not self._known(headers):
            await self._ask_password(self._door, scope, headers, receive, send)
        elif target := _translated(scope, headers):
            await _reply(send, 307, "", {"location": target, "vary": "accept-language"})
        else:
            await self._app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and sentence for a request that may not go on, before anyone is asked for a password."""
        host = headers.get("host", "")
        if not host_allowed(host, self._policy.hosts):
            return 400, f"The host {host[:100]!r} is not one this page answers to; add it to UI_ALLOWED_HOSTS."
        if scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            origin = headers.get("origin", "")
            if origin and urlsplit(origin).netloc.lower() != host.lower():
                return 403, "This page takes no requests from other sites."
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith("/upload"):
            if self._policy.read_only:
                return 403, "This library is read only."
            length = headers.get("content-length", "")
            if scope["method"] == "POST" and not length.isdigit():
                return 411, "An upload has to say its length."
            if length.isdigit() and int(length) > self._policy.upload_bytes:
                return (
                    413,
                    f"The upload is {int(length) >> 20} MB; at most {self._policy.upload_bytes >> 20} MB are taken at once.",
                )
        return None

    def _known(self, headers: dict[str, str]) -> bool:
        """Whether the request carries a valid session, or needs none."""
        if self._door is None:
            return True
        for part in headers.get("cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == COOKIE and self._door.valid(value, time.time()):
                return True
        return False

    async def _ask_password(
        self, door: _Door, scope: Scope, headers: dict[str, str], receive: Receive, send: Send
    ) -> None:
        """Take a password from the form or an Authorization header; answer with the form where there is none."""
        now = time.monotonic()
        address = scope["client"][0] if scope.get("client") else ""
        wait = door.wait(address, now)
        form = scope["path"] == "/login" and scope["method"] == "POST"
        given = await _form(receive) if form else _basic(headers.get("authorization", ""))
        if given is None:
            await _login_page(send, scope, headers, "")
        elif wait > 0:
            await _reply(send, 429, "Too many wrong passwords; try again later.", {"retry-after": str(int(wait) + 1)})
        elif not door.matches(given[0], given[1]):
            door.failed(address, now)
            await _login_page(send, scope, headers, "wrong")
        elif form:
            door.wrong.pop(address, None)
            cookie = f"{COOKIE}={door.sign(int(time.time()) + SESSION_SECONDS)}; Max-Age={SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Lax"
            secure = "; Secure" if scope.get("scheme") == "https" else ""
            await _reply(send, 303, "", {"location": _local(given[2]), "set-cookie": cookie + secure})
        else:
            await self._app(scope, receive, _with_headers(send))


def _translated(scope: Scope, headers: dict[str, str]) -> str | None:
    """The Chinese page for a browser that prefers it, unless the address names a language."""
    if scope["path"] != "/" or scope["method"] != "GET" or "text/html" not in headers.get("accept", ""):
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    if "lang" in parse_qs(query, keep_blank_values=True) or preferred(headers.get("accept-language", "")) != "zh":
        return None
    return "/zh/" + (f"?{query}" if query else "")


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message.get("headers", [])}
            extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in own]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending


async def _reply(
    send: Send, status: int, text: str, headers: dict[str, str] | None = None, kind: str = "text/plain"
) -> None:
    body = text.encode()
    fields = {"content-type": f"{kind}; charset=utf-8", "content-length": str(len(body)), "cache-control": "no-store"}
    fields |= headers or {}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _basic(header: str) -> tuple[str, str, str] | None:
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return name, secret, "/"


async def _form(receive: Receive) -> tuple[str, str, str]:
    body = b""
    while len(body) <= 10_000:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    fields = parse_qs(body[:10_000].decode("utf-8", "replace"))
    return tuple(fields.get(name, [""])[0] for name in ("name", "secret", "next"))  # type: ignore[return-value]


def _local(path: str) -> str:
    """A path of this page to go on to after signing in; anything else becomes the start page."""
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return quote(path, safe="/?=&%+-_.~") if inside and path.isprintable() else "/"


async def _login_page(send: Send, scope: Scope, headers: dict[str, str], problem: str) -> None:
    if "text/html" not in headers.get("accept", ""):
        # a browser's script is told without it: the browser would open a box of its own, and the script would wait
        asks = {} if "sec-fetch-mode" in headers else {"www-authenticate": 'Basic realm="Report Chat"'}
        await _reply(send, 401, "A password is needed.", asks)
        return
    chinese = preferred(headers.get("accept-language", "")) == "zh"
    title, name, secret, enter = (
        ("研报问答", "用户名（如有）", "密码", "进入")
        if chinese
        else ("Report Chat", "Name, if you were given one", "Password", "Enter")
    )
    wrong = "密码不正确。" if chinese else "That password is not right."
    query = scope.get("query_string", b"").decode("latin-1")
    after = scope["path"] + (f"?{query}" if query else "") if scope["path"] != "/login" else "/"
    alert = f'<p role="alert">{wrong}</p>' if problem else ""
    page = f"""<!doctype html><html lang="{"zh" if chinese else "en"}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>
:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
display:grid;place-items:center;min-height:90vh;margin:0}}form{{display:grid;gap:.7rem;width:min(20rem,85vw)}}
input,button{{font:inherit;padding:.6rem .8rem;border-radius:.5rem;border:1px solid #8886}}button{{background:#1f4fd8;color:#fff;
border:0;cursor:pointer}}h1{{font-size:1.3rem;margin:0}}p{{color:#c0392b;margin:0}}</style>
<form method="post" action="/login"><h1>{title}</h1>{alert}
<input name="name" autocomplete="username" placeholder="{name}" aria-label="{name}">
<input name="secret" type="password" autocomplete="current-password" placeholder="{secret}" aria-label="{secret}" autofocus required>
<input type="hidden" name="next" value="{html.escape(after, quote=True)}"><button>{enter}</button></form></html>"""
    await _reply(send, 401, page, kind="text/html")
