/* What may not be kept, taken out of summaries, notifications and logs.
 *
 * Gone: phone numbers, e-mail addresses, card, bank, IBAN, social security, tax, passport and
 * driver's licence numbers, dates of birth, passwords, PINs and codes of doors, the caller's
 * surname, the caller's home address, written or spoken ("five five five twelve thirty four ten").
 * Prices, sizes, counts, dates and times, listing numbers, ZIP codes and the listing's own address
 * stay as they are. */
#ifndef AR_HEARD_REDACT_H
#define AR_HEARD_REDACT_H

/* A copy of text with each personal thing replaced by what it was: [phone], [email], [id], [card],
 * [bank], [licence], [birth date], [secret], [name], [address]. Text with nothing personal comes
 * out unchanged, byte for byte. caller_name and listing_address may be NULL: the caller's name is
 * then only found where it is introduced ("my name is ..."). Any bytes, any length; linear in it.
 */
char *redact(void *mem, const char *text, const char *caller_name, const char *listing_address);

#endif
