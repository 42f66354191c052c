"""The lock without what only developers need: the lines of what Pejl needs, and of what that needs.

Reads requirements.lock and pyproject.toml where it is run. Whose sake a line is there for stands
under it ("# via"), so what is needed is found by following that from Pejl itself.
"""

import re
import sys
import tomllib
from pathlib import Path

NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==")


def normal(name: str) -> str:
    """The name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ;]", name)[0]).lower()


def blocks(lock: str) -> dict[str, str]:
    """The lock's lines by package."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.splitlines(keepends=True):
        if match := NAME.match(line):
            name = normal(match[1])
        if name:
            found[name] = found.get(name, "") + line
    return found


def needed(lock: dict[str, str], own: set[str]) -> set[str]:
    """Pejl's own needs, and whatever is there for the sake of one of them."""
    for_whom = {
        name: {normal(word) for word in re.findall(r"^ +#(?: +via)? +([\w.-]+)", text, re.M)}
        for name, text in lock.items()
    }
    found = {name for name in lock if name in own}
    while more := {name for name, whom in for_whom.items() if whom & found} - found:
        found |= more
    return found


def main() -> None:
    """Print the lines."""
    lock = blocks(Path("requirements.lock").read_text(encoding="utf-8"))
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {normal(one) for one in project["dependencies"]}
    if missing := own - set(lock):
        sys.exit(f"requirements.lock lacks {', '.join(sorted(missing))}: run `make lock`.")
    for name in sorted(needed(lock, own)):
        sys.stdout.write(lock[name])


if __name__ == "__main__":
    main()
