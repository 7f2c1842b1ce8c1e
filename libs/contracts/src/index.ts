export * from './events/accounts.events.ts';
export * from './events/availability.events.ts';
export * from './events/booking.events.ts';
export * from './events/calendar-sync.events.ts';
export * from './events/event.ts';
export * from './events/slots.events.ts';
export * from './fields.ts';
export * from './parse.ts';
