#!/usr/bin/env bash
# Installs what the tests need beside Python, where that is possible: as root on Debian.
# Elsewhere it says what is missing; the tests that need it then skip and say so.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v msgfmt >/dev/null || missing+=(gettext)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v soffice >/dev/null || missing+=(libreoffice-{writer,calc,impress}-nogui)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" fonts-dejavu-core >/dev/null
else
    echo "Missing: ${missing[*]}. The tests that need them will be skipped; install them to run all." >&2
fi
