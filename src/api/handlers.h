/* The handlers that are not the usual verbs. */
#ifndef AR_API_HANDLERS_H
#define AR_API_HANDLERS_H

#include "api/api.h"

void number_set_primary(struct exchange *x);
void property_heartbeat(struct exchange *x);
void property_stages(struct exchange *x);
void agent_me(struct exchange *x);
void call_recording(struct exchange *x);
void call_transcription(struct exchange *x);
void calendar_show(struct exchange *x);
void calendar_open(struct exchange *x);
void calendar_about(struct exchange *x);
void calendar_close(struct exchange *x);
void viewing_move_by_agent(struct exchange *x);
void viewing_confirm(struct exchange *x);
void viewing_cancel_by_agent(struct exchange *x);
void viewing_set_done(struct exchange *x);
void viewing_set_no_show(struct exchange *x);
void caller_show(struct exchange *x);
void caller_export(struct exchange *x);
void caller_delete(struct exchange *x);
void caller_block(struct exchange *x);
void caller_unblock(struct exchange *x);
void callers_blocked(struct exchange *x);
void retention_show(struct exchange *x);
void retention_change(struct exchange *x);
void analytics_show_overview(struct exchange *x);
void analytics_show_by_property(struct exchange *x);
void webhook_incoming(struct exchange *x);
void webhook_callback(struct exchange *x);
void health_show(struct exchange *x);
void openapi_show(struct exchange *x);

#endif
