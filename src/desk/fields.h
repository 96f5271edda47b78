/* Values and records from outside, checked by the tables' own descriptions: the one validator
 * behind the HTTP interface, the command line and CSV files.
 *
 * Whatever is wrong is added to the faults under the member's label and answered with ERR_INVALID;
 * the record is then to be thrown away. Texts that are kept belong to mem. */
#ifndef AR_DESK_FIELDS_H
#define AR_DESK_FIELDS_H

#include "base/faults.h"
#include "base/json.h"
#include "store/table.h"

/* What clients call the field: its label, or its column's name. Static storage. */
const char *field_label(const struct field *field);
/* The field that clients call so, or NULL. */
const struct field *field_find(const struct table *table, const char *label);

/* Reads an option, a CSV cell or a query parameter. White space around it does not count; an empty
 * text is null. Whole numbers and dollars may be grouped by commas, dollars may begin with "$";
 * words and booleans (true, false, yes, no) may be in any case. */
enum err field_set_text(void *mem, const struct field *field, const char *text, void *record,
                        struct faults *faults) AR_MUST_USE;
/* Reads a JSON value, strictly: no string is taken for a number, nor the other way round. */
enum err field_set_json(void *mem, const struct field *field, struct json_object *value,
                        void *record, struct faults *faults) AR_MUST_USE;
/* Adds the record's value under the field's label; what is not known becomes null. */
void field_put_json(struct json_object *to, const struct field *field, const void *record);

/* Reads the members of object into record, which holds the defaults (creating) or the record as it
 * is. Unknown members are faults, and so is a required one that is missing when creating.
 * Read-only members, and fixed ones of a record that exists, may come back as they were shown. */
enum err record_read_json(void *mem, const struct table *table, struct json_object *object,
                          bool creating, void *record, struct faults *faults) AR_MUST_USE;
/* Adds every field of the record, hidden ones only if show_hidden. */
void record_put_json(struct json_object *to, const struct table *table, const void *record,
                     bool show_hidden);

#endif
