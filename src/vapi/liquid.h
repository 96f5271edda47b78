/* Vapi fills the texts of an assistant as Liquid templates (reference, section 7). */
#ifndef AR_VAPI_LIQUID_H
#define AR_VAPI_LIQUID_H

/* A copy of the text in which no "{{", "}}", "{%" or "%}" is left: what callers and listings say is
 * never evaluated. NULL stays NULL. */
char *liquid_defuse(void *mem, const char *text);

#endif
