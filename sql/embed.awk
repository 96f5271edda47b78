# Turns sql/NNNN-name.sql files into the C table of migrations (src/store/migrate.h).
function emit_end() { if (open) printf "    },\n" }
BEGIN { print "#include \"store/migrate.h\"\n\nconst struct migration migrations[] = {" }
FNR == 1 {
    emit_end()
    open = 1
    name = FILENAME
    sub(/.*\//, "", name)
    printf "    { %d, \"%s\",\n", substr(name, 1, 4), name
}
/^--/ || /^$/ { next }
{
    gsub(/\\/, "&&")
    gsub(/"/, "\\\\&")
    printf "      \"%s\\n\"\n", $0
}
END {
    emit_end()
    print "};\nconst size_t migration_count = sizeof migrations / sizeof migrations[0];"
}
