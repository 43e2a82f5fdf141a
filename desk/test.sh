#!/usr/bin/env bash
# All checks of the page: types, unit tests, that dist/ is what the sources give, and the browser tests.
# The browser tests need the program (ASCRIBE, or else a debug build is made) and Chromium (CHROMIUM).
# Screenshots go to the folder SHOTS, if it is set.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
if ! command -v npm >/dev/null || [[ -z "$CHROMIUM" ]]; then
    echo "SKIPPED: the page is checked where Node.js and Chromium are (scripts/setup says how)"
    [[ "${CI:-}" != true ]]
    exit
fi
export CHROMIUM

npm ci --no-audit --no-fund --loglevel=error
npm run --silent check
npm run --silent unit
LIMIT=150000 # bytes of all files, packed

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
npx vite build --outDir "$fresh" --emptyOutDir --logLevel warn
if ! diff -r "$fresh" dist; then
    echo "desk/dist is not what desk/src gives: run 'npm run build' in desk/ and commit it" >&2
    exit 1
fi
packed=0
while read -r file; do packed=$((packed + $(gzip -9 -c "$file" | wc -c))); done < <(find dist -type f)
echo "the page weighs $packed bytes, packed"
((packed < LIMIT)) || { echo "more than $LIMIT bytes" >&2; exit 1; }

if [[ -z "${ASCRIBE:-}" ]]; then
    cargo build --locked -p ascribe-cli
    ASCRIBE=$(realpath "${CARGO_TARGET_DIR:-../target}/debug/ascribe")
fi
export ASCRIBE
node --test tests/browser/desk.test.mjs
