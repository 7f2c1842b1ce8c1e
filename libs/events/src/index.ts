export { announce } from './announce.ts';
export { type Envelope, seal } from './envelope.ts';
export * from './event-log.errors.ts';
export { EventLog, type Lag, type Watcher } from './event-log.ts';
export { On, OnEach } from './on.ts';
export { type Events, type EventsOptions, openEvents, openLog } from './open-events.ts';
export { hearOwn } from './own-facts.ts';
export type { Handler } from './subscription.ts';
