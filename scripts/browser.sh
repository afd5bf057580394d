#!/bin/sh
# Find or install a browser and a Chinese font for the browser tests. Never fails: without them those tests skip and say so.
set -u
PATH="$PATH:/usr/sbin:/sbin" # ldconfig
found() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
# Playwright's driver needs libatomic, which a bare Debian leaves out.
driver() { [ "$(uname -s)" != Linux ] || ldconfig -p 2>/dev/null | grep -q libatomic; }
font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]; }
if found && font && driver; then exit 0; fi
if ! command -v apt-get >/dev/null; then
    echo "No browser found and no apt-get: the browser tests will be skipped."
    exit 0
fi
if [ "$(id -u)" = 0 ]; then sudo=""
elif sudo -n true 2>/dev/null; then sudo="sudo -n"
else
    echo "No browser found and not allowed to install one: the browser tests will be skipped."
    echo "To run them: sudo apt-get install chromium fonts-noto-cjk libatomic1"
    exit 0
fi
echo "Installing Chromium and a Chinese font for the browser tests…"
$sudo apt-get update -qq >/dev/null 2>&1
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk libatomic1 >/dev/null 2>&1 \
    || echo "They could not be installed: the browser tests will be skipped."
exit 0
