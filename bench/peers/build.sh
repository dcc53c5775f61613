# Builds what Greenfinch is compared with. Read by ../../greenfinch.

build_peers() {
    command -v go >/dev/null 2>&1 || [ ! -x /usr/local/go/bin/go ] || PATH=$PATH:/usr/local/go/bin
    for tool in node npm go cc; do
        command -v "$tool" >/dev/null 2>&1 || die "the comparison needs $tool"
    done
    mkdir -p "$root/bench/target/peers"
    say 'building the peers'
    (cd "$root/bench/peers/whatsmeow" && GOTOOLCHAIN=auto GOFLAGS=-buildvcs=false CGO_ENABLED=1 \
        go build -o ../../target/peers/whatsmeow-front .) >&2 </dev/null || die 'go build failed in bench/peers/whatsmeow'
    cp -R "$root/bench/peers/baileys" "$root/bench/target/peers/"
    (cd "$root/bench/target/peers/baileys" && npm ci --ignore-scripts --no-audit --no-fund) >&2 </dev/null \
        || die 'npm ci failed for bench/peers/baileys'
}
