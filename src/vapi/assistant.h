/* The assistant that answers the phone, as Vapi wants it described (reference, section 7): only
 * members of its OpenAPI document, CreateAssistantDTO and AssistantOverrides. */
#ifndef AR_VAPI_ASSISTANT_H
#define AR_VAPI_ASSISTANT_H

#include "vapi/vapi.h"

/* Puts "assistant", or "assistantId" and "assistantOverrides" where the receptionist names a saved
 * one, into the answer. A saved assistant keeps its own model, voice and tools: its owner made them
 * to fit; it is told who calls by `variableValues`. */
void assistant_put(void *mem, struct json_object *answer, const struct vapi_setting *setting,
                   const struct receptionist *receptionist);

/* plans.c: what is to be sent to us, recorded (and with whose consent) and analysed. */
void plans_put(void *mem, struct json_object *assistant, const struct config *config,
               const struct receptionist *receptionist);
/* assistant_tools.c: our tools, and Vapi's own. */
void assistant_tools_put(struct json_object *model, bool can_transfer);

#endif
