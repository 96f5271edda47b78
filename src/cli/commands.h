/* The subcommands, each described in the file of its group. */
#ifndef AR_CLI_COMMANDS_H
#define AR_CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct command command_init, command_migrate, command_backup, command_restore,
    command_doctor, command_rekey, command_simulate, command_brokerage_show, command_brokerage_set,
    command_agent_add, command_agent_list, command_agent_calendar, command_key_add,
    command_key_list, command_key_revoke, command_number_add, command_number_list,
    command_property_add, command_property_list, command_property_import, command_call_list,
    command_call_show, command_audit_list, command_audit_verify, command_caller_show,
    command_caller_export, command_caller_erase, command_caller_block, command_caller_unblock,
    command_caller_blocked, command_purge, command_retention, command_deliver,
    command_understand_when, command_understand_where, command_understand_phone,
    command_understand_amount, command_understand_intent, command_understand_redact,
    command_viewing_rules_add, command_viewing_rules_list, command_viewing_rules_remove,
    command_viewing_hours_add, command_viewing_hours_list, command_viewing_hours_remove,
    command_viewing_blackout_add, command_viewing_blackout_list, command_viewing_blackout_remove,
    command_open_house_add, command_open_house_list, command_open_house_remove;

/* The members of a struct command that follow from its array of options. */
#define COMMAND_SPECS(list) .specs = (list), .spec_count = sizeof(list) / sizeof(list)[0]

#endif
