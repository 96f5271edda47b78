// What `ai-realtor init --demo` loads, and the names of things in STATE.  One place to change.

export const FILES = {
  config: 'ai-realtor.conf',
  database: 'ai-realtor.db',
  masterKey: 'master.key',
  apiKey: 'api-key',
  webhookSecret: 'webhook-secret',
};

export const DEMO = {
  company: 'Emprezario',
  number: '+14155551234',
  providerPhoneId: 'demo-phone-1',
  property: {
    address: '123 Main St',
    spoken: '123 Main Street',
    price: 850000,
    bedrooms: 3,
    bathrooms: 2,
    square_feet: 1800,
    stage: 'researched',
    health: 'healthy',
  },
};

// Tuesday 2026-09-01, 10:04 in San Francisco: when Vapi's sample story happens.
export const STORY_CLOCK = '2026-09-01T17:04:00Z';

export const MOUNTS = ['/voice-assistant', '/cgi-bin/voice-assistant'];

// The names that a list's items go by, the same as the last part of its path.
export const LISTS = {
  '/phone-numbers': 'phone_numbers',
  '/phone-calls': 'calls',
  '/properties': 'properties',
  '/tasks': 'tasks',
  '/viewings': 'viewings',
  '/offers': 'offers',
  '/agents': 'agents',
};

export const TOOLS = ['lookup_property', 'schedule_viewing', 'create_offer', 'take_message', 'search_properties', 'stop_recording'];
export const STATUSES = ['initiated', 'in_progress', 'completed', 'failed', 'no_answer', 'busy'];
export const INTENTS = ['property_inquiry', 'schedule_viewing', 'make_offer', 'speak_agent', 'general'];
export const OUTCOMES = ['information_provided', 'viewing_scheduled', 'offer_created', 'message_taken', 'transferred'];
