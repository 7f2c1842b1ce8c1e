/** What names one event at one endpoint, the same at each try (Standard Webhooks); it has no dot, since dots part what is signed. */
export const webhookIdOf = (eventId: string, endpointId: string): string => `msg_${eventId}_${endpointId}`;
