# Brings what a bare Debian or Ubuntu lacks, after asking; elsewhere says what to install. Read by ../greenfinch, whose
# `say` and `yes` it uses. A tool is one of: jdk node go chromium curl python3 requests venv.

# What to do by hand, a line for each tool.
remedy() {
    case $1 in
        jdk) say "no JDK 25 in JAVA_HOME, on PATH, in /usr/lib/jvm or SDKMAN. Install one, for instance with 'sdk install java\
 25-tem', 'brew install openjdk@25' or from https://adoptium.net/temurin/releases/?version=25, or point JAVA_HOME at it." ;;
        node) say "node is missing: install Node.js 20 or newer with npm, from https://nodejs.org/en/download or with 'brew install node'." ;;
        go) say "go is missing: install Go 1.21 or newer, from https://go.dev/dl or with 'brew install go'." ;;
        chromium) say "chromium is missing: install Chromium or Google Chrome such that chromium, chromium-browser or google-chrome is on PATH." ;;
        requests) say "python3 with the package requests is missing: 'python3 -m pip install requests'." ;;
        venv) say "python3 with its modules venv and ensurepip is missing: on Debian and Ubuntu the package python3-venv." ;;
        *) say "$1 is missing: install it with your system's package manager." ;;
    esac
}

named() {
    case $1 in
        jdk) printf 'JDK 25' ;;
        node) printf 'Node.js' ;;
        go) printf 'Go' ;;
        chromium) printf 'Chromium' ;;
        requests) printf "Python's requests" ;;
        venv) printf "Python's venv" ;;
        *) printf '%s' "$1" ;;
    esac
}

os_release='/etc/os-release'
on_debian() {
    command -v apt-get >/dev/null 2>&1 && grep -Eqi '^ID(_LIKE)?=.*(debian|ubuntu)' "$os_release" 2>/dev/null
}

# Succeeds when the tools named may be installed: with --yes or CI set, or when the person at the terminal says so.
agreed() {
    [ -z "$yes" ] || return 0
    if [ ! -t 0 ] || [ ! -t 2 ]; then
        say "missing here: $1. Run it again with --yes, and they are installed with apt."
        return 1
    fi
    printf 'greenfinch: missing here: %s. Install with apt, as root? [y/N] ' "$1" >&2
    read -r answer || return 1
    case $answer in y | Y | yes) return 0 ;; *) return 1 ;; esac
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo ${CI:+-n} "$@"
    else
        say "'$*' needs root, and there is no sudo here"
        return 1
    fi
}

apt_updated=
apt_update() {
    [ -n "$apt_updated" ] || as_root apt-get update -qq >&2 </dev/null || return 1
    apt_updated=yes
}

apt_install() {
    say "installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 </dev/null
}

# The version that apt would install, without an epoch; nothing when there is none.
apt_candidate() {
    LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}\([0-9].*\)/\2/p'
}

# Adds a vendor's package source: its name, where its key is, and what stands behind the key in a source line.
apt_source() {
    apt_install ca-certificates curl || return 1
    key=/etc/apt/keyrings/$1.asc
    as_root mkdir -p /etc/apt/keyrings
    curl -fsSL --connect-timeout 20 "$2" | as_root tee "$key" >/dev/null
    [ -s "$key" ] || { as_root rm -f "$key"; say "$2 can't be fetched"; return 1; }
    printf 'deb [signed-by=%s] %s\n' "$key" "$3" | as_root tee "/etc/apt/sources.list.d/$1.list" >/dev/null
    apt_updated=
    apt_update
}

bring() {
    case $1 in
        jdk)
            for package in openjdk-25-jdk-headless temurin-25-jdk; do
                if [ -n "$(apt_candidate $package)" ]; then apt_install $package; return; fi
            done
            codename=$(sed -n 's/^VERSION_CODENAME=//p' "$os_release")
            apt_source adoptium https://packages.adoptium.net/artifactory/api/gpg/key/public \
                "https://packages.adoptium.net/artifactory/deb $codename main" && apt_install temurin-25-jdk
            ;;
        node)
            case $(apt_candidate nodejs) in
                [2-9][0-9].*nodesource*) apt_install nodejs ;;
                [2-9][0-9].*) apt_install nodejs npm ;;
                *)
                    apt_source nodesource https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key \
                        'https://deb.nodesource.com/node_22.x nodistro main' && apt_install nodejs
                    ;;
            esac
            ;;
        go)
            case $(apt_candidate golang-go) in
                1.2[1-9]* | 1.[3-9][0-9]* | [2-9]*) apt_install golang-go ca-certificates ;;
                *) bring_go ;;
            esac
            ;;
        chromium)
            # Ubuntu's own package is a snap, which a container can't start.
            if [ -n "$(apt_candidate chromium)" ] && ! grep -q '^ID=ubuntu' "$os_release"; then
                apt_install chromium
            else
                apt_source google-chrome https://dl.google.com/linux/linux_signing_key.pub \
                    'https://dl.google.com/linux/chrome/deb stable main' && apt_install google-chrome-stable
            fi
            ;;
        venv) apt_install python3-venv ;;
        systemd-analyze) apt_install systemd ;;
        dpkg-deb) apt_install dpkg ;;
        requests) python3 -m pip install --quiet requests >/dev/null 2>&1 || apt_install python3-requests ;;
        *) apt_install "$1" ;;
    esac
}

# Go's own archive, for systems whose package is too old to fetch newer ones by itself; into /usr/local/go, as Go says.
bring_go() {
    apt_install ca-certificates curl || return 1
    version=$(sed -n 's/^go //p' "$root/interop/whatsmeow/go.mod")
    archive_of_go=go$version.linux-$(dpkg --print-architecture).tar.gz
    unpacked=$(mktemp -d)
    if curl -fsSL --connect-timeout 20 -o "$unpacked/$archive_of_go" "https://dl.google.com/go/$archive_of_go" \
        && sum=$(curl -fsSL --connect-timeout 20 "https://dl.google.com/go/$archive_of_go.sha256") \
        && printf '%s  %s\n' "$sum" "$unpacked/$archive_of_go" | sha256sum -c --quiet >&2 \
        && tar -C "$unpacked" -xzf "$unpacked/$archive_of_go" \
        && as_root rm -rf /usr/local/go && as_root mv "$unpacked/go" /usr/local/go; then
        PATH=$PATH:/usr/local/go/bin
    else
        say "https://dl.google.com/go/$archive_of_go can't be had"
    fi
    rm -rf "$unpacked"
}

# Brings the tools named or says what to install; the caller looks again what is there.
provide() {
    names=
    for tool in "$@"; do names=${names:+$names, }$(named "$tool"); done
    if on_debian && agreed "$names"; then
        apt_update || say 'apt-get update failed, see above'
        for tool in "$@"; do bring "$tool" || say "$(named "$tool") could not be installed"; done
    else
        for tool in "$@"; do remedy "$tool"; done
    fi
}
