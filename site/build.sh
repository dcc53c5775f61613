#!/bin/sh
# Builds the docs as a site into target/site/html; fails at any link that leads nowhere. Needs Python 3 with venv.
set -eu

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd -P)
work=$root/target/site
venv=$work/venv

if ! cmp -s "$root/site/requirements.txt" "$venv/.fetched"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$root/site/requirements.txt"
    cp "$root/site/requirements.txt" "$venv/.fetched"
fi

# The files as they stand in the repository, so that their links are those that people follow there.
rm -rf "$work/docs" "$work/html"
mkdir -p "$work/docs/docs"
cp "$root"/*.md "$root/LICENSE" "$root/NOTICE" "$work/docs/"
cp -R "$root/docs/." "$work/docs/docs/"
{
    sed 's#\.\./target/site/##' "$root/site/mkdocs.yml"
    for decision in "$root"/docs/adr/*.md; do printf '          - docs/adr/%s\n' "${decision##*/}"; done
} >"$work/mkdocs.yml"
# Not quiet: what is not said is not counted either.
if ! NO_MKDOCS_2_WARNING=true "$venv/bin/mkdocs" build --strict -f "$work/mkdocs.yml" >"$work/log" 2>&1; then
    cat "$work/log" >&2
    exit 1
fi
printf 'the site is in %s\n' "$work/html"
