# The tools of the test run that are not Maven's: looked for, brought if wanted, and used. Read by ../greenfinch.

have_node() { command -v npm && node --version | grep -Eq '^v([2-9][0-9]|[1-9][0-9][0-9])\.'; } >/dev/null 2>&1
# From 1.21 on Go fetches the version that go.mod asks for.
have_go() { go version | grep -Eq ' go(1\.(2[1-9]|[3-9][0-9])|[2-9])'; } >/dev/null 2>&1
have_requests() { python3 -c 'import requests'; } >/dev/null 2>&1
have_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1
have() {
    case $1 in
        node | go | requests | chromium) "have_$1" ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

lacking() {
    for tool in node go chromium curl python3 requests; do have "$tool" || printf ' %s' "$tool"; done
}

# A test without its tool is worth a loud line, and a failure in CI.
skipped() {
    have "$1" && return 1
    [ -z "${CI:-}" ] || die "$1 is missing: the tests need it, and with CI set nothing is skipped"
    say "!!! $2 SKIPPED: $1 is not installed !!!"
}

fetch_test_tools() {
    command -v go >/dev/null 2>&1 || [ ! -x /usr/local/go/bin/go ] || PATH=$PATH:/usr/local/go/bin
    missing=$(lacking)
    # shellcheck disable=SC2086  # several tools in one variable are several words
    [ -z "$missing" ] || bring_missing $missing
    if ! skipped node 'INTEROP TESTS WITH Baileys ARE' \
        && ! cmp -s "$root/interop/baileys/package-lock.json" "$root/interop/baileys/node_modules/.fetched"; then
        say 'fetching the npm packages of the interop tests'
        (cd "$root/interop/baileys" && npm ci --ignore-scripts --no-audit --no-fund) >&2 </dev/null \
            || die 'npm ci failed in interop/baileys'
        cp "$root/interop/baileys/package-lock.json" "$root/interop/baileys/node_modules/.fetched"
    fi
    if ! skipped go 'INTEROP TESTS WITH whatsmeow ARE'; then
        say 'building the Go client of the interop tests'
        (cd "$root/interop/whatsmeow" && GOTOOLCHAIN=auto GOFLAGS=-buildvcs=false CGO_ENABLED=0 \
            go build -o ../target/whatsmeow-driver .) >&2 </dev/null || die 'go build failed in interop/whatsmeow'
    fi
    skipped requests 'THE TEST WITH PYTHON REQUESTS IS' || true
    skipped chromium 'TESTS OF PAGES ARE' || true
    have curl || [ -z "${CI:-}" ] || die 'curl is missing: tests of printed commands need it'
    have curl || say '!!! TESTS OF PRINTED COMMANDS WILL FAIL: curl is not installed !!!'
}
