import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CalendarBusyChanged } from '@scheduling/contracts';
import type { PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { type Range, STATED_DAYS, statementOf, windowAt } from './busy.policy.ts';
import { advanceStatement, busyWithin } from './busy.store.ts';
import { HealthService } from './health.service.ts';

@Injectable()
export class BusyService {
  constructor(private readonly health: HealthService) {}

  /** States what keeps a person busy in all their calendars, unless just that was stated last, and whether those can be read. */
  async restate(tx: Tx, person: PersonId): Promise<void> {
    // Two sources that change at once: the later statement is of both.
    await lockPeople(tx, [person]);
    const window = windowAt(tx.now, STATED_DAYS);
    const stated = statementOf(await busyWithin(tx, person, window), window);
    const busy = stated.busy.map(written);
    await this.health.sumUp(tx, person);
    const version = await advanceStatement(tx, person, digestOf(busy));
    if (version === null) return;
    const { start_at: window_start, end_at: window_end } = written(stated.window);
    announce(tx, CalendarBusyChanged.of({ user_id: person, version, window_start, window_end, busy }));
  }
}

const written = ({ startAt, endAt }: Range) => ({ start_at: startAt.toISOString(), end_at: endAt.toISOString() });

/** Of the time that is taken alone: that the window has moved on is no news. */
const digestOf = (busy: CalendarBusyChanged['busy']): string =>
  createHash('sha256').update(JSON.stringify(busy)).digest('base64url');
