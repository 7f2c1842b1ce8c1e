import { SchedulingError } from '@scheduling/domain';

export class SourceRefused extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'feed_unavailable';

  constructor(service: string, status: number) {
    super('What this feed shows cannot be read just now.', { retry_after_seconds: 2 });
    this.cause = `${service} answered ${status}`;
  }
}

export class TopicUnknown extends SchedulingError {
  readonly kind = 'malformed';
  readonly code = 'topic_unknown';

  constructor() {
    super('There are the topics `me` and `tutor:<tutor_id>:slots`.');
  }
}

export class MessageNotUnderstood extends SchedulingError {
  readonly kind = 'malformed';
  readonly code = 'message_not_understood';

  constructor() {
    super('A message is JSON of at most 12 kB with a type of hello, subscribe or unsubscribe.');
  }
}

export class TooManyTopics extends SchedulingError {
  readonly kind = 'too_many';
  readonly code = 'too_many_topics';

  constructor(limit: number) {
    super('One connection follows so many topics at most.', { limit });
  }
}

export class TooManyMessages extends SchedulingError {
  readonly kind = 'too_many';
  readonly code = 'too_many_messages';

  constructor() {
    super('Too many messages at once: wait a little.');
  }
}

export class TooManyConnections extends SchedulingError {
  readonly kind = 'too_many';
  readonly code = 'too_many_connections';

  constructor(limit: number) {
    super('One person has so many connections at most.', { limit, retry_after_seconds: 10 });
  }
}

export class NotHelloYet extends SchedulingError {
  readonly kind = 'unauthenticated';
  readonly code = 'hello_first';

  constructor() {
    super('The first message is a hello with a token.');
  }
}
