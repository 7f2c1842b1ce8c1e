import { SchedulingError } from '@scheduling/domain';

// What only a person who runs the system meets: bugs and wrong set-ups, named so that each can be found.

export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';

  constructor(type: string, limit: number) {
    super(`A ${type} is larger than ${limit} bytes: state it in parts.`);
  }
}

export class NotOursToState extends Error {
  override readonly name = 'NotOursToState';

  constructor(topic: string, schema: string) {
    super(`The owner of schema "${schema}" cannot state an event of "${topic}": each service states its own.`);
  }
}

export class GroupOfAnother extends Error {
  override readonly name = 'GroupOfAnother';

  constructor(group: string, service: string) {
    super(`The consumer group "${group}" must be named "${service}.<feature>": it belongs to ${service}.`);
  }
}

export class TwoHandlers extends Error {
  override readonly name = 'TwoHandlers';

  constructor(type: string, group: string) {
    super(`Two handlers for ${type} in the group "${group}": they would run in one transaction, in no order.`);
  }
}

export class NoEventLog extends Error {
  override readonly name = 'NoEventLog';

  constructor() {
    super('This database has no schema "bus": provision it for all services, or set KAFKA_BROKERS.');
  }
}

export class GroupUnknown extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'group_unknown';

  constructor(group: string) {
    super('This service has no consumer group of that name.', { group });
  }
}

export class GroupNotPaused extends SchedulingError {
  readonly kind = 'conflict';
  readonly code = 'group_not_paused';

  constructor(group: string) {
    super('A consumer group is replayed only while it is paused.', { group });
  }
}

export class GroupStillRuns extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'group_still_runs';

  constructor(group: string) {
    super('The group is paused, yet a replica still belongs to it; a dead one is forgotten in a few seconds.', {
      group,
    });
  }
}

export class DeadLetterUnknown extends SchedulingError {
  readonly kind = 'missing';
  readonly code = 'dead_letter_unknown';

  constructor(group: string, eventId: string) {
    super('The group has no unresolved dead letter of that event.', { group, event_id: eventId });
  }
}
