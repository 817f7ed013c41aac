"""Web addresses: the host that published a page, and the domain that names a site nobody has told us the name of."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["host_and_path", "is_address", "site_of"]

_ADDRESS = re.compile(r"(?:(?:https?|ftp|feed)?:?//(?:[^/@\s]{0,99}@)?)?([^\s/:?#@]{3,253})(?::\d{1,5})?([/?#]\S*)?$")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+(?:[^\W\d_]{2,24}|xn--[\w-]+)$")
_PREFIX = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_WRAPPED = re.compile(
    r"/(?:(?:web/)?\d+[a-z_]*/|(?:amp|[cv])/s/|\w{0,20}\?(?:\S*&)?url=)(?:https?://|https?%3A%2F%2F)?([^\s/&]+)(\S*)"
)
_WRAPPERS = ("web.archive.org", "archive.ph", "archive.is", "archive.today", "google.com", "cdn.ampproject.org")
_HOSTED = (  # whose subdomains are outlets of their own
    *("substack.com", "blogspot.com", "wordpress.com", "medium.com", "tumblr.com", "typepad.com", "livejournal.com"),
    *("ghost.io", "beehiiv.com", "github.io", "over-blog.com", "wixsite.com", "weebly.com", "noblogs.org"),
)
_BY_PATH = ("medium.com", "t.me", "x.com", "twitter.com", "facebook.com", "threads.net", "telegra.ph")


def host_and_path(address: str) -> tuple[str, str] | None:
    """The host, without "www." and its like, and the path of an address; None when it is no address of a site.

    Copies in the Internet Archive and pages that Google serves for others have the host they were taken from.
    """
    found = _ADDRESS.match(address.strip())
    if found is None:
        return None
    host, path = found[1].lower().rstrip("."), found[2] or ""
    if host.endswith(_WRAPPERS) and (inner := _WRAPPED.match(path)):
        host, path = inner[1].lower(), inner[2]
    host = _PREFIX.sub("", host, count=1)
    return (host, path) if _HOST.match(host) else None


def is_address(text: str) -> bool:
    """Whether a text is the address of a site: it ends as domains do."""
    found = host_and_path(text)
    return found is not None and _registrable(found[0]) is not None


def site_of(host: str, path: str = "") -> str | None:
    """The domain by which a site is known: theirsite.co.uk for news.theirsite.co.uk; None when there is no such domain.

    Where many write under one domain, the part that is the writer's own stays: name.substack.com, medium.com/@name.
    """
    for platform in _HOSTED:
        if host.endswith(f".{platform}"):
            return host.rsplit(".", platform.count(".") + 2)[-platform.count(".") - 2] + f".{platform}"
    if host in _BY_PATH and (writer := re.match(r"/(?:s/)?(@?[\w.-]+)", path)):
        return f"{host}/{writer[1].lower()}"
    return _registrable(host)


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str | None:
    from tld import get_fld

    found = get_fld(host, fix_protocol=True, fail_silently=True)
    return str(found) if found else None
