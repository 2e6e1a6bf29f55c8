#!/bin/sh
# Installs the packages into an empty root, uses, upgrades and removes them: installers/src/package-test.sh [FOLDER]
# Where no deb was made, one is put together from the image in the folder, without its SBOM.
# Needs root. Dependencies are not looked at: what runs there are this system's libraries.
set -eu
PATH=$PATH:/usr/sbin:/sbin
sources=$(cd "$(dirname "$0")" && pwd)
target=${1:-$sources/../target}
target=$(cd "$target" && pwd)
if [ "$(id -u)" != 0 ]; then
  echo "Skipped: only root may install into another root." >&2
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HEARTH_CONFIG_DIR="$work/user"

fail() {
  echo "Not so: $*" >&2
  exit 1
}

# $1: root
check_installed() {
  program=$1/usr/lib/hearth/bin/hearth
  [ "$(readlink "$1/usr/bin/hearth")" = /usr/lib/hearth/bin/hearth ] || fail "/usr/bin/hearth leads to the program"
  for file in applications/hearth.desktop mime/packages/hearth.xml man/man1/hearth.1.gz icons/hicolor/256x256/apps/hearth.png $sbom; do
    [ -f "$1/usr/share/$file" ] || fail "$file is there"
  done
  "$program" --version > "$work/out" 2> "$work/err" || fail "it starts: $(cat "$work/err")"
  "$program" --version > "$work/out" 2> "$work/err"
  # A cache that does not fit the jars, as when a package changes their times, is complained about here.
  [ ! -s "$work/err" ] || fail "it starts quietly: $(cat "$work/err")"
  ls "$HEARTH_CONFIG_DIR"/cache/start/commands-*.aot > /dev/null || fail "the cache is unpacked"
}

# $1: root
check_project() {
  "$1/usr/lib/hearth/bin/hearth" list --project "$work/kept.hearth" | grep -q orders-api || fail "projects outlive an upgrade"
}

# $1: root
check_removed() {
  left=$(find "$1/usr" -name '*hearth*' 2> /dev/null | head -5)
  [ -z "$left" ] || fail "nothing is left: $left"
  [ -f "$work/kept.hearth" ] || fail "projects outlive the removal"
}

# $1: name, $2: root; install, remove: commands
try() {
  check_installed "$2"
  [ -f "$work/kept.hearth" ] || "$2/usr/lib/hearth/bin/hearth" new "$work/kept.hearth" --template sample > /dev/null
  $install > "$work/log" 2>&1 || fail "it upgrades: $(cat "$work/log")"
  check_project "$2"
  $remove > "$work/log" 2>&1 || fail "it goes: $(cat "$work/log")"
  check_removed "$2"
  echo "$1 installs, starts, upgrades and goes."
}

# Not compressed, as it is installed at once. $1: the package
deb_of_image() {
  tree=$work/tree
  mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/hearth" "$tree/usr/share/doc/hearth"
  cp -a "$target/hearth/bin" "$target/hearth/lib" "$tree/usr/lib/hearth"
  for part in "$target"/hearth/share/*; do
    case $part in
      */doc) cp -a "$part/." "$tree/usr/share/doc/hearth" ;;
      *) cp -a "$part" "$tree/usr/share" ;;
    esac
  done
  ln -s /usr/lib/hearth/bin/hearth "$tree/usr/bin/hearth"
  cp "$sources"/deb/control/* "$tree/DEBIAN"
  chmod 755 "$tree/DEBIAN" "$tree/DEBIAN"/p*
  sed -i -e "s/\[\[version\]\]/0.0.0/" -e "s/\[\[deb.architecture\]\]/$(dpkg --print-architecture)/" "$tree/DEBIAN/control"
  dpkg-deb -Znone --build "$tree" "$1" > "$work/log" 2>&1 || fail "the image makes a deb: $(cat "$work/log")"
  rm -rf "$tree"
}

sbom=doc/hearth/hearth.cdx.json
deb=$(ls "$target"/*.deb 2> /dev/null | head -1)
if [ -z "$deb" ] && [ -d "$target/hearth" ] && command -v dpkg-deb > /dev/null; then
  deb=$work/hearth-from-image.deb
  deb_of_image "$deb"
  sbom=
fi
if [ -z "$deb" ]; then
  echo "The deb is not tried: there is none in $target, and no image and dpkg-deb to make one."
elif ! command -v dpkg > /dev/null; then
  echo "The deb is not tried: there is no dpkg here."
else
  root=$work/deb
  mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info"
  : > "$root/var/lib/dpkg/status"
  options="--root=$root --force-depends --force-script-chrootless --force-not-root"
  install="dpkg $options --install $deb"
  remove="dpkg $options --purge hearth"
  $install > "$work/log" 2>&1 || fail "the deb installs: $(cat "$work/log")"
  try "$(basename "$deb")" "$root"
fi

sbom=doc/hearth/hearth.cdx.json
rpm=$(ls "$target"/*.rpm 2> /dev/null | head -1)
if [ -z "$rpm" ]; then
  echo "The rpm is not tried: there is none in $target."
elif ! command -v rpm > /dev/null; then
  echo "The rpm is not tried: there is no rpm here."
else
  root=$work/rpm
  mkdir -p "$root"
  install="rpm --root $root --nodeps --noscripts --force -U $rpm"
  remove="rpm --root $root --nodeps --noscripts -e hearth"
  $install > "$work/log" 2>&1 || fail "it upgrades: $(cat "$work/log")"
  try "$(basename "$rpm")" "$root"
fi
