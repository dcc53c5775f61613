# The tools of the test run that are not Maven's: looked for, brought if wanted, and used. Read by ../greenfinch.

have_node() { command -v npm && node --version | grep -Eq '^v([2-9][0-9]|[1-9][0-9][0-9])\.'; } >/dev/null 2>&1
# From 1.21 on Go fetches the version that go.mod asks for.
have_go() { go version | grep -Eq ' go(1\.(2[1-9]|[3-9][0-9])|[2-9])'; } >/dev/null 2>&1
have_requests() { python3 -c 'import requests'; } >/dev/null 2>&1
have_venv() { python3 -c 'import venv, ensurepip'; } >/dev/null 2>&1
have_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1
have() {
    case $1 in
        node | go | requests | venv | chromium) "have_$1" ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

lacking() {
    for tool in node go chromium curl python3 requests venv; do have "$tool" || printf ' %s' "$tool"; done
}

# A test without its tool is worth a loud line, and a failure in CI.
skipped() {
    have "$1" && return 1
    [ -z "${CI:-}" ] || die "$1 is missing: the tests need it, and with CI set nothing is skipped"
    say "!!! $2 SKIPPED: $1 is not installed !!!"
}

# What the package-lock.json of a folder names, unless it is there.
fetch_npm_packages() {
    ! cmp -s "$root/$1/package-lock.json" "$root/$1/node_modules/.fetched" || return 0
    say "fetching the npm packages of $1"
    (cd "$root/$1" && npm ci --ignore-scripts --no-audit --no-fund) >&2 </dev/null || die "npm ci failed in $1"
    cp "$root/$1/package-lock.json" "$root/$1/node_modules/.fetched"
}

fetch_test_tools() {
    command -v go >/dev/null 2>&1 || [ ! -x /usr/local/go/bin/go ] || PATH=$PATH:/usr/local/go/bin
    missing=$(lacking)
    # shellcheck disable=SC2086  # several tools in one variable are several words
    [ -z "$missing" ] || bring_missing $missing
    skipped node 'INTEROP TESTS WITH Baileys ARE' || fetch_npm_packages interop/baileys
    if ! skipped go 'INTEROP TESTS WITH whatsmeow ARE'; then
        say 'building the Go client of the interop tests'
        (cd "$root/interop/whatsmeow" && GOTOOLCHAIN=auto GOFLAGS=-buildvcs=false CGO_ENABLED=0 \
            go build -o ../target/whatsmeow-driver .) >&2 </dev/null || die 'go build failed in interop/whatsmeow'
    fi
    skipped venv 'THE TEST OF THE SITE, AND TESTS WITH AN S3 STORE, ARE' || fetch_python_packages gateway/src/test/moto
    skipped requests 'THE TEST WITH PYTHON REQUESTS IS' || true
    skipped chromium 'TESTS OF PAGES ARE' || true
    have curl || [ -z "${CI:-}" ] || die 'curl is missing: tests of printed commands need it'
    have curl || say '!!! TESTS OF PRINTED COMMANDS WILL FAIL: curl is not installed !!!'
}

# Builds a program of Go into interop/target/tools, unless it is there.
go_program() {
    if have "$1" || [ -x "$root/interop/target/tools/$1" ] || ! have go; then return 0; fi
    say "building $1"
    GOBIN=$root/interop/target/tools GOTOOLCHAIN=auto CGO_ENABLED=0 go install "$2" >&2 </dev/null \
        || say "$1 can not be built, see above"
}

# What the requirements.txt of a folder names, into an environment in interop/target, unless it is there.
fetch_python_packages() {
    environment=$root/interop/target/${1##*/}
    ! cmp -s "$root/$1/requirements.txt" "$environment/.fetched" || return 0
    say "fetching the Python packages of $1"
    rm -rf "$environment"
    {
        python3 -m venv "$environment" \
            && "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$root/$1/requirements.txt"
    } >&2 </dev/null || die "pip failed in $1"
    cp "$root/$1/requirements.txt" "$environment/.fetched"
}

# What the packages are made and tried with, in the long run only.
fetch_package_tools() {
    missing=
    for tool in debootstrap buildah systemd-analyze dpkg-deb; do have "$tool" || missing="$missing $tool"; done
    # shellcheck disable=SC2086  # several tools in one variable are several words
    [ -z "$missing" ] || bring_missing $missing
    go_program helm helm.sh/helm/v3/cmd/helm@v3.19.0
    go_program caddy github.com/caddyserver/caddy/v2/cmd/caddy@v2.11.9
    have node && fetch_npm_packages interop/sdks
    have venv && fetch_python_packages interop/sdks
    PATH=$PATH:$root/interop/target/tools
    export PATH
    for tool in debootstrap buildah systemd-analyze dpkg-deb helm caddy node venv; do skipped "$tool" 'TESTS OF PACKAGES ARE' || true; done
    [ "$(id -u 2>/dev/null || echo unknown)" = 0 ] \
        || say '!!! TESTS OF PACKAGES SKIPPED: packages are installed in systems of their own, which needs root !!!'
}
