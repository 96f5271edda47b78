#include "cli/commands.h"

const struct command *const commands[] = {
    &command_init,           &command_migrate,
    &command_doctor,         &command_simulate,
    &command_backup,         &command_rekey,
    &command_agent_add,      &command_agent_list,
    &command_key_add,        &command_key_list,
    &command_key_revoke,     &command_number_add,
    &command_number_list,    &command_property_add,
    &command_property_list,  &command_property_import,
    &command_call_list,      &command_call_show,
    &command_audit_list,     &command_audit_verify,
    &command_caller_show,    &command_caller_export,
    &command_caller_erase,   &command_caller_block,
    &command_caller_unblock, &command_purge,
    &command_retention,
};
const size_t command_count = sizeof commands / sizeof commands[0];
