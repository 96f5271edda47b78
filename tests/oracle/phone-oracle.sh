#!/bin/sh
# Builds and runs phone-oracle.cc (needs Debian's libphonenumber-dev); arguments are passed to it.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=$(pkg-config --cflags glib-2.0 talloc)
for file in base/mem base/mem_exhausted heard/words heard/phone heard/phone_words heard/phone_plan \
    heard/phone_plan_table; do
    # shellcheck disable=SC2086
    cc -std=c17 -D_GNU_SOURCE -O2 -I"$top/src" $flags -c "$top/src/$file.c" -o "$work/$(basename "$file").o"
done
# shellcheck disable=SC2046,SC2086
c++ -std=c++17 -O1 -I"$top/src" $flags "$top/tests/oracle/phone-oracle.cc" "$work"/*.o -o "$work/oracle" \
    -lphonenumber $(pkg-config --libs glib-2.0 talloc)
"$work/oracle" "$@"
