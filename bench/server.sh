# shellcheck shell=sh disable=SC2034,SC2154
# Starting and stopping what is measured; sourced by bench and trace, which set $work, the folder for
# everything that is made here, and $build, where our programs are.

# compile: the measuring programs, into $work.
compile() {
    here=$1
    cflags="-std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra ${CFLAGS-}"
    # shellcheck disable=SC2086
    {
        ${CC:-cc} $cflags -o "$work/load" "$here/load.c" "$here/client.c" "$here/request.c" "$here/measure.c"
        ${CC:-cc} $cflags -o "$work/hello" "$here/hello.c" "$here/measure.c" -lfcgi
        ${CC:-cc} $cflags -o "$work/commits" "$here/commits.c" "$here/measure.c" -lsqlite3
        ${CC:-cc} $cflags -o "$work/row" "$here/row.c" "$here/measure.c" -lsqlite3
        ${CC:-cc} $cflags -o "$work/spawn" "$here/spawn.c" "$here/measure.c"
    }
}

# state_copy FROM TO: a second brokerage that is like the first, which nobody must be writing to.
state_copy() {
    rm -rf "${work:?}/$2"
    cp -r "$work/$1" "$work/$2"
    sed "s|$work/$1/|$work/$2/|g" "$work/$1/ai-realtor.conf" >"$work/$2/ai-realtor.conf"
}

# state_make NAME CALLS: a demo brokerage with so many calls in $work/NAME.
state_make() {
    "$build/ai-realtor" init --state "$work/$1" --demo >"$work/$1.log" 2>&1
    sqlite3 -cmd '.parameter init' -cmd ".parameter set :count $2" "$work/$1/ai-realtor.db" \
        ".read $here/calls.sql" >>"$work/$1.log"
}

# server_start NAME PROGRAM [STATE]: lighttpd with the program as its one FastCGI responder, on a free port.
# Sets $port, $server to the server's process and $pid to the responder's.
server_start() {
    server_name=$1
    port=$((20000 + $$ % 10000))
    while :; do
        port=$((port + 1))
        [ "$port" -lt 40000 ] || { echo "no free port" >&2; return 1; }
        server_write "$2" "${3-}"
        lighttpd -D -f "$work/$server_name.conf" >>"$work/$server_name.log" 2>&1 &
        server=$!
        sleep 0.5
        if kill -0 "$server" 2>/dev/null; then break; fi
        wait "$server" || :
        if ! grep -q 'Address already in use' "$work/$server_name.log"; then
            cat "$work/$server_name.log" >&2
            return 1
        fi
        : >"$work/$server_name.log"
    done
    servers="${servers-} $server"
    pid=$(pgrep -P "$server" | head -n 1)
}

# server_write PROGRAM STATE: the configuration of the server that is being started.
server_write() {
    cat >"$work/$server_name.conf" <<CONF
server.document-root = "$work"
server.bind = "127.0.0.1"
server.port = $port
server.modules = ("mod_fastcgi")
server.max-keep-alive-requests = 65535
fastcgi.server = ("/voice-assistant" => ((
    "bin-path" => "$1",
    "socket" => "$work/$server_name.socket",
    "max-procs" => 1,
    "check-local" => "disable",
    "bin-environment" => ("AI_REALTOR_CONFIG" => "$2/ai-realtor.conf")
)))
CONF
}

# server_stop SERVER: one that server_start started; it may have ended already.
server_stop() {
    kill "$1" 2>/dev/null || return 0
    wait "$1" 2>/dev/null || :
}

# servers_stop: all of them.
servers_stop() {
    for server in ${servers-}; do
        server_stop "$server"
    done
}

# bodies_write STATE: the requests' bodies with the number and provider's id of the demo's first number.
bodies_write() {
    number=$(sqlite3 "$1/ai-realtor.db" 'SELECT phone_number FROM phone_numbers ORDER BY id LIMIT 1')
    phone=$(sqlite3 "$1/ai-realtor.db" \
        "SELECT coalesce(provider_phone_id, '') FROM phone_numbers ORDER BY id LIMIT 1")
    for body in incoming assistant-request tool-calls; do
        sed -e "s/@NUMBER@/$number/g" -e "s/@PHONE@/$phone/g" "$here/$body.json" >"$work/$body.json"
    done
}
