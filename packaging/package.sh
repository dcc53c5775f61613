# Makes packages of what is built. Read by ../greenfinch, whose functions and variables it uses.
#
# Everything in a package is the same whenever and wherever it is made of the same sources, but for what a rehearsal makes:
# the start-up archive (lib/start.aot), and an empty database that notes when its tables were made (lib/empty.db).

usage_of_package() {
    printf '%s\n' 'usage: greenfinch package [archive | deb | image | chart ...] [--output FOLDER]' \
        'Makes packages, by default all that this machine has the tools for, into target/package:' \
        '  archive  a folder with its own Java, as .tar.gz: nothing has to be installed' \
        '  deb      the same for Debian and Ubuntu, with a user and a unit for systemd (needs dpkg-deb)' \
        '  image    an OCI image made of the archive (needs buildah, podman or docker; BASE names the image below it)' \
        '  chart    a chart for Helm (needs helm)'
}

# What the program needs of Java, found with jdeps; what operators need to look into it; and every module that has one of Java's
# providers of cryptography: a provider that is named in java.security and is in no module is looked for on the class path, where
# Bouncy Castle's is found and loaded instead, at a tenth of a second for each start.
modules='java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.jfr,jdk.management,jdk.unsupported'
modules=$modules,java.security.jgss,java.security.sasl,java.smartcardio,java.xml.crypto,jdk.crypto.cryptoki,jdk.security.jgss

need() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null 2>&1 || die "$tool is missing, and without it this package can't be made"
    done
}

# --- what all packages are made of ---------------------------------------------------------------------------------

# The version of the jars, as the build wrote it.
packaged_version() {
    sed -n 's:.*<revision>\(.*\)</revision>.*:\1:p' "$root/pom.xml"
}

architecture() {
    case $(uname -m) in
        x86_64) printf amd64 ;;
        aarch64) printf arm64 ;;
        *) uname -m ;;
    esac
}

# The time that all files bear: that of the build's outputs.
source_date() {
    date -u -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$root/pom.xml")" +%s
}

# Libraries that are not those that were looked at do not go into a package.
check_libraries() {
    libraries=$root/app/target/libraries
    (cd "$libraries" && sha256sum --quiet --strict -c "$root/packaging/libraries.sha256") >&2 \
        || die 'a library is not the one that packaging/libraries.sha256 names'
    for library in "$libraries"/*.jar; do
        name=${library##*/}
        case $name in
            greenfinch-*) ;;
            *) grep -q "  $name\$" "$root/packaging/libraries.sha256" || die "$name is not in packaging/libraries.sha256" ;;
        esac
    done
}

stage_runtime() {
    "$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files \
        --no-man-pages --compress=zip-6 --output "$stage/runtime" || die 'jlink failed, see above'
}

# Files bear one time before the archive is made, for it knows the jars by theirs.
age() {
    find "$1" -exec touch -h -d "@$epoch" {} +
}

stage_archive() {
    # Unpacked and made where it is quick and in nobody's way; the archive does not mind being moved.
    rehearsal=$work/rehearsal
    mkdir -p "$rehearsal"
    # shellcheck disable=SC2086  # several flags in one variable are several words
    env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS -u GREENFINCH_MASTER_KEY "$stage/runtime/bin/java" $jvm_flags $jetty_flags \
        -XX:AOTCacheOutput="$rehearsal/start.aot" \
        -cp "$stage/lib/greenfinch-app.jar" io.greenfinch.app.rehearsal.Rehearsal "$rehearsal" >"$work/rehearsal.log" 2>&1 </dev/null \
        || die "the rehearsal failed, see $work/rehearsal.log"
    mv "$rehearsal/native" "$stage/lib/native"
    mv "$rehearsal/empty.db" "$stage/lib/empty.db"
    mv "$rehearsal/start.aot" "$stage/lib/start.aot"
}

# Puts the folder of the program together, once.
stage() {
    [ -z "${staged:-}" ] || return 0
    staged=yes
    version=$(packaged_version)
    arch=$(architecture)
    epoch=$(source_date)
    work=$root/target/package.work
    stage=$work/greenfinch-$version
    rm -rf "$work"
    mkdir -p "$stage/bin" "$stage/lib" "$output"
    check_libraries
    say 'putting the program and its own Java together'
    cp "$dist/lib/greenfinch-app.jar" "$stage/lib/"
    cp "$root/LICENSE" "$root/NOTICE" "$root/CHANGELOG.md" "$stage/"
    cp "$root/packaging/launcher" "$stage/bin/greenfinch"
    printf '%s\n' '# What every start of the JVM is given.' $jvm_flags $memory_flags $jetty_flags >"$stage/lib/jvm.options"
    cp "$dist/sbom.json" "$stage/lib/sbom.json"
    chmod 755 "$stage/bin/greenfinch"
    find "$stage/lib" -type f -exec chmod 644 {} +
    stage_runtime
    age "$stage"
    say 'rehearsing the start and a day, so that later ones are quick; this takes up to half a minute'
    stage_archive
    age "$stage"
}

summed() {
    (cd "$output" && sha256sum "$1" >"$1.sha256")
    say "made $output/$1"
}

# --- the packages --------------------------------------------------------------------------------------------------

package_archive() {
    need tar gzip sha256sum
    stage
    name=greenfinch-$version-linux-$arch.tar.gz
    tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -cf - "greenfinch-$version" | gzip -n >"$output/$name"
    summed "$name"
}

package_deb() {
    need dpkg-deb
    stage
    tree=$work/deb
    mkdir -p "$tree/DEBIAN" "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/greenfinch" "$tree/usr/share/doc/greenfinch"
    cp -a "$stage" "$tree/usr/lib/greenfinch"
    ln -s ../lib/greenfinch/bin/greenfinch "$tree/usr/bin/greenfinch"
    cp "$root/packaging/greenfinch.service" "$tree/usr/lib/systemd/system/"
    cp "$root/packaging/debian/greenfinch.env" "$tree/etc/greenfinch/"
    cp "$root/packaging/debian/copyright" "$tree/usr/share/doc/greenfinch/"
    for script in postinst prerm postrm; do
        cp "$root/packaging/debian/$script" "$tree/DEBIAN/$script"
        chmod 755 "$tree/DEBIAN/$script"
    done
    printf '/etc/greenfinch/greenfinch.env\n' >"$tree/DEBIAN/conffiles"
    debian=$(printf '%s' "$version" | sed 's/-SNAPSHOT/~snapshot/')
    sed -e "s/@VERSION@/$debian/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk "$tree/usr" | cut -f1)/" \
        "$root/packaging/debian/control" >"$tree/DEBIAN/control"
    chmod 640 "$tree/etc/greenfinch/greenfinch.env"
    age "$tree"
    name=greenfinch_${debian}_$arch.deb
    SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz -z1 --build "$tree" "$output/$name" >&2 || die 'dpkg-deb failed, see above'
    summed "$name"
}

package_image() {
    stage
    context=$work/image
    mkdir -p "$context"
    cp -a "$stage" "$context/greenfinch"
    cp "$root/packaging/image/Dockerfile" "$context/"
    tag=greenfinch:$(printf '%s' "$version" | tr '[:upper:]' '[:lower:]')
    set -- --build-arg "VERSION=$version" -t "$tag"
    [ -z "${BASE:-}" ] || set -- --build-arg "BASE=$BASE" "$@"
    if command -v buildah >/dev/null 2>&1; then
        buildah build --timestamp "$epoch" "$@" "$context" >&2 || die 'buildah failed, see above'
    elif command -v podman >/dev/null 2>&1; then
        podman build --timestamp "$epoch" "$@" "$context" >&2 || die 'podman failed, see above'
    else
        need docker
        SOURCE_DATE_EPOCH=$epoch docker build "$@" "$context" >&2 || die 'docker failed, see above'
    fi
    say "made the image $tag"
}

package_chart() {
    need helm
    version=$(packaged_version)
    mkdir -p "$output"
    helm lint --strict "$root/packaging/helm/greenfinch" >&2 || die 'the chart is not in order, see above'
    helm package "$root/packaging/helm/greenfinch" --app-version "$version" --destination "$output" >&2 || die 'helm failed, see above'
    summed "$(cd "$output" && ls -t greenfinch-*.tgz | head -n 1)"
}

# Whether this machine can make a package.
can() {
    case $1 in
        archive) true ;;
        deb) command -v dpkg-deb ;;
        image) command -v buildah || command -v podman || { command -v docker && docker info; } ;;
        chart) command -v helm ;;
    esac >/dev/null 2>&1
}

package() {
    output=$root/target/package
    wanted=
    while [ $# -gt 0 ]; do
        case $1 in
            archive | deb | image | chart) wanted="$wanted $1" ;;
            --output)
                [ $# -gt 1 ] || die '--output needs a folder'
                shift
                { mkdir -p "$1" && output=$(CDPATH='' cd -- "$1" && pwd -P); } || die "$1 can't be written"
                ;;
            *) die "package knows no $1: archive, deb, image or chart" ;;
        esac
        shift
    done
    if [ -z "$wanted" ]; then
        for kind in archive deb image chart; do
            if can "$kind"; then wanted="$wanted $kind"; else say "no $kind: its tool is not installed here"; fi
        done
    fi
    lock
    for kind in $wanted; do "package_$kind"; done
    unlock
}
