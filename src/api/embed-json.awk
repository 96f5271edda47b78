# Turns a JSON file into a C string (one literal a line; leading white space does not count).
BEGIN { printf "#include \"api/openapi.h\"\n\nconst char openapi_base[] =\n" }
{
    sub(/^[ ]+/, "")
    gsub(/\\/, "&&")
    gsub(/"/, "\\\\&")
    printf "    \"%s\\n\"\n", $0
}
END { print "    ;" }
