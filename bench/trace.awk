# Reads what `strace -f -y` saw of a responder to which nothing but writes was sent, and checks for every
# answer: since its request was accepted, the database's log was written and then synced, and when the
# answer left nothing written was still unsynced.  Fails otherwise.
#
# A line looks like
#   4711 accept(0<socket:[815]>, 0x7ffd, [110]) = 8<socket:[911]>
#   4711 pwrite64(5</tmp/state/ai-realtor.db-wal>, "...", 4096, 32) = 4096
#   4711 fdatasync(5</tmp/state/ai-realtor.db-wal>) = 0
#   4711 write(8<socket:[911]>, "\1\6\0\1..Status: 200"..., 512) = 512

function call_name()
{
    return substr($2, 1, index($2, "(") - 1)
}

# The descriptor and what it is, of the first argument: "8<socket:[911]>".
function target(    at, rest)
{
    at = index($0, "(")
    rest = substr($0, at + 1)
    match(rest, /^[0-9]+(<[^>]*>)?/)
    return substr(rest, 1, RLENGTH)
}

/ = -1 / { next }

{
    name = call_name()
    file = target()
}

name ~ /^accept4?$/ {
    match($0, /= [0-9]+<[^>]*>$/)
    connection = substr($0, RSTART + 2)
    accepted[connection] = NR
    answered[connection] = 0
}

name ~ /^pwrite/ && file ~ /-wal>$/ { written = NR; dirty = 1 }

name ~ /^f(data)?sync$/ && file ~ /-wal>$/ { synced = NR; dirty = 0; syncs++ }

name ~ /^(write|writev|sendto|sendmsg)$/ && (file in accepted) && !answered[file] {
    answered[file] = 1
    answers++
    if (dirty || synced < accepted[file] || written < accepted[file]) {
        early++
        print "left too early, line " NR ": " $0
    }
}

name == "close" { delete accepted[file] }

END {
    printf "%d answers after %d syncs, %d too early\n", answers, syncs, early
    exit early > 0 || answers == 0
}
