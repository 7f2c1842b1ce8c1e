import { Injectable } from '@nestjs/common';
import type { Tx } from '@scheduling/persistence';
import { EchoesService } from '../lessons/echoes.service.ts';
import { busyRange } from './busy.policy.ts';
import { BusyService } from './busy.service.ts';
import { type BusyEvent, changeBusy, replaceBusy } from './busy.store.ts';
import type { Told } from './google-events.service.ts';
import { isOurs } from './own-events.ts';
import type { WatchedCalendar } from './watched-calendar.ts';

/** Takes in what calendars have told. */
@Injectable()
export class ToldService {
  constructor(
    private readonly busy: BusyService,
    private readonly echoes: EchoesService,
  ) {}

  /** Keeps what takes time in a calendar, states it if that is news, and hands on what is told of lessons. */
  async keep(tx: Tx, calendar: WatchedCalendar, told: Told, isBusy: boolean): Promise<void> {
    await this.keepTimes(tx, calendar, told, isBusy);
    if (told.extent !== 'free_busy') {
      // Of one that was deleted Google may tell no more than its id.
      const lessons = told.events.filter((event) => isOurs(event) || event.status === 'cancelled');
      await this.echoes.heard(tx, calendar, lessons);
    }
    await this.busy.restate(tx, calendar.userId);
  }

  private keepTimes(tx: Tx, calendar: WatchedCalendar, told: Told, isBusy: boolean): Promise<void> {
    if (!isBusy) return replaceBusy(tx, calendar, []);
    if (told.extent === 'free_busy')
      return replaceBusy(
        tx,
        calendar,
        told.busy.map((range) => ({ id: '', ...range })),
      );
    const others = told.events.filter((event) => !isOurs(event));
    const times = others.flatMap((event): BusyEvent[] => {
      const range = busyRange(event, told.timezone);
      return range ? [{ id: event.id!, ...range }] : [];
    });
    if (told.extent === 'everything') return replaceBusy(tx, calendar, times);
    const changed = told.events.map(({ id }) => id!);
    return changeBusy(tx, calendar, changed, times);
  }
}
