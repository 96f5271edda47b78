#include "vapi/url.h"
#include "base/text.h"
#include <string.h>

enum { URL_MAX = 2000 };

bool url_is_presigned(const char *text)
{
    /* Amazon's and Google's "X-…-Signature=", CloudFront's "Signature=", Azure's "sig=". */
    static const char *const marks[] = { "signature=", "?sig=", "&sig=" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcasestr(text, marks[i]))
            return true;
    return false;
}

static bool has_userinfo(const char *authority)
{
    const char *at = strchr(authority, '@');
    return at && (size_t)(at - authority) < strcspn(authority, "/?#");
}

bool url_is_plain(const char *url)
{
    size_t len = strnlen(url, URL_MAX + 1);
    if (len > URL_MAX || (!text_starts_with(url, "https://") && !text_starts_with(url, "http://")))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)url[i] <= ' ' || url[i] == 0x7f)
            return false;
    return !url_is_presigned(url) && !has_userinfo(strstr(url, "://") + 3);
}
