"""The page behind nginx that is set as the README says: what nginx makes of a browser's headers, and who may log in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.accounts import Accounts, add_account
from test_serve import PASSWORD, app_of, client_of

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
LOCATION = re.findall(r"```nginx\n(.*?)```", README, re.DOTALL)[0]
ADDRESS = "policy.example.cn:8443"  #: of the page, as people write it


def sent_on(location: str) -> dict[str, str]:
    """The headers that nginx sends on; Host is where it sends them, unless it is set."""
    known = {"$http_host": ADDRESS, "$scheme": "https", "$proxy_add_x_forwarded_for": "192.0.2.7"}
    passed = re.findall(r"proxy_pass http://(\S+);", location)
    named = dict(re.findall(r"proxy_set_header (\S+) (\S+);", location))
    return {"Host": passed[0]} | {name: known[value] for name, value in named.items()}


@pytest.mark.parametrize(
    ("location", "code"),
    [(LOCATION, 200), (re.sub(r".*\bHost .*\n", "", LOCATION), 403)],
    ids=["as the README says", "with the Host that nginx gives by itself"],
)
def test_people_log_in_through_nginx(location: str, code: int, tmp_path: Path) -> None:
    add_account(tmp_path / "accounts.jsonl", "王芳", PASSWORD, "reader")
    client = client_of(app_of(accounts=Accounts.load(tmp_path / "accounts.jsonl")))
    headers = sent_on(location) | {"Origin": f"https://{ADDRESS}"}
    answer = client.post("/login", data={"username": "王芳", "password": PASSWORD}, headers=headers)
    assert answer.status_code == code
    assert ("Secure" in answer.headers.get("set-cookie", "")) == (code == 200)
