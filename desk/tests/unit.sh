#!/usr/bin/env bash
# The unit tests: TypeScript bundled by the bundler that the page is built with, run by Node's test runner.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=node_modules/.unit
rm -rf "$out"
npx --no-install rolldown tests/unit/*.test.ts --dir "$out" --platform node --log-level warn
node --test "$out"/*.test.js
