/* stop_recording: the caller does not want to be recorded. */
#include "desk/record.h"
#include "desk/tool_args.h"

enum err tool_stop_recording(struct tool_run *run)
{
    record_consent(run->call, CONSENT_REFUSED);
    return tool_say(run, "All right, no recording of this call will be kept.");
}
