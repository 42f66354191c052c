"""Bytes that went astray: flipped, cut, doubled, in a text or inside a packed file."""

import io
import zipfile
from random import Random

PIECES = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\x1a", b'"', b'"""', b"\r",
    b"\n\r", b"\xed\xa0\x80",
    b"\xc3", b"\x80" * 9, b"PK\x03\x04", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"</row>",
    b"<c r=\"ZZZ999999999\">",
    b"]", b"}", b"[" * 2000, b"{\"a\":" * 500, b"1e999", b"-", b"\x00" * 5000,
)  # fmt: skip
PACKINGS = (
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_STORED,
    zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA,
)
INSIDE = (
    (b"<v>", b"<v>9999999999999"), (b't="s"', b't="d"'), (b't="s"', b't="e"'),
    (b't="s"', b't="b"'),
    (b't="s"', b't="zzz"'), (b't="s"><v>', b't="s"><v>99999'), (b"<row ", b"<raw "),
    (b'r="1"', b'r="0"'),
    (b'r="2"', b'r="99999999999"'), (b'r="A2"', b'r="XFE1048577"'), (b'r="A2"', b'r=""'),
    (b'r="B1"', b'r="A1"'),
    (b"<sheetData>", b""), (b"</sheetData>", b""), (b"UTF-8", b"UTF-16"), (b"UTF-8", b"x-none"),
    (b"<si>", b"<si><si>"),
    (b"<t>", b"<t>&undefined;"), (b"<t>", b"<r><t>"), (b'rId1"', b'rId99"'),
    (b"sheet1.xml", b"../../sheet1.xml"),
    (b'numFmtId="', b'numFmtId="-9'), (b'<dimension ref="', b'<dimension ref="A1:XFD1048576'),
    (b's="', b's="777'),
    (b"<worksheet", b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><worksheet"),
)  # fmt: skip


def spoil_bytes(random: Random, content: bytes) -> bytes:
    """The content, spoilt in one way."""
    return random.choice((_flip, _cut, _insert, _double, _drop, _zero))(random, content)


def spoil_packed(random: Random, content: bytes) -> bytes:
    """A packed file with a member spoilt, dropped, doubled or added; spoilt bytes if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return spoil_bytes(random, content)
    name = random.choice([n for n in members if "sheet1.xml" in n] * 4 + list(members))
    choice = random.random()
    if choice < 0.1:
        del members[name]
    elif choice < 0.6:
        found = [pair for pair in INSIDE if pair[0] in members[name]]
        old, new = random.choice(found) if found else (b"<", b"<x")
        members[name] = members[name].replace(old, new, random.choice((1, -1)))
    else:
        members[name] = spoil_bytes(random, members[name])
    return _packed(random, members)


def _packed(random: Random, members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    form = random.choice(PACKINGS)
    with zipfile.ZipFile(out, "w", form) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _flip(random: Random, content: bytes) -> bytes:
    spoilt = bytearray(content or b"\0")
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def _cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _insert(random: Random, content: bytes) -> bytes:
    place = random.choice((0, random.randrange(len(content) + 1)))
    return content[:place] + random.choice(PIECES) + content[place:]


def _double(random: Random, content: bytes) -> bytes:
    start = random.randrange(len(content) + 1)
    end = start + random.randrange(400)
    return content[:end] + content[start:]


def _drop(random: Random, content: bytes) -> bytes:
    start = random.randrange(len(content) + 1)
    return content[:start] + content[start + random.randrange(1, 60) :]


def _zero(random: Random, content: bytes) -> bytes:
    start = random.randrange(len(content) + 1)
    length = min(random.randrange(1, 60), len(content) - start)
    return content[:start] + b"\0" * length + content[start + length :]
