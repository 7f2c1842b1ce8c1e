import { NamingService } from '../../src/reservations/naming.service.ts';
import { ChargesService } from '../../src/series/charges.service.ts';
import { MakingService } from '../../src/series/making.service.ts';
import { SeriesService } from '../../src/series/series.service.ts';
import { JoinService } from '../../src/waitlist/join.service.ts';
import { WaitlistService } from '../../src/waitlist/waitlist.service.ts';
import type { Act, Client } from './crowd.ts';

const HOUR = 3_600_000;

const join = async ({ crowd, random, student, places }: Client) => {
  const { s } = crowd;
  const from = s.clock.now();
  const window = { from, until: new Date(from.getTime() + random.oneOf([6, 24]) * HOUR) };
  const lesson = crowd.booked.at(-1 - random.below(10));
  const asked =
    lesson && random.chance(0.7)
      ? { tutorId: lesson.tutorId, wanted: lesson.slotId }
      : { tutorId: random.oneOf(crowd.tutors), wanted: window };
  places.push((await s.get(JoinService).join(student, asked, s.unnamed(student))).entry.id);
};

const leave = async ({ crowd, student, places }: Client) => {
  const place = places.shift();
  if (place) await crowd.s.get(WaitlistService).leave(student, place);
};

/** Has a student go for what the newest place in a line offers. */
const accept = async ({ crowd, student, places, asked }: Client) => {
  const place = places.at(-1);
  const found = place && (await crowd.s.get(WaitlistService).find(student, place));
  if (found?.offer) asked.push(found.offer.slotId);
};

const repeat = async ({ crowd, random, student, series }: Client) => {
  const { s } = crowd;
  const onConflict = random.oneOf(['refuse', 'skip', 'nearest'] as const);
  const wish = { slotId: random.oneOf(crowd.slots), rule: 'weekly', ends: { count: 4 }, onConflict } as const;
  const made = await s.get(MakingService).make(student, wish, 'credit', s.unnamed(student));
  series.push(made.id);
};

const stop = async ({ crowd, random, student, series }: Client) => {
  if (series.length === 0) return;
  const wish = { by: student, seriesId: random.oneOf(series), extent: { scope: 'all' }, reason: null } as const;
  await crowd.s.get(SeriesService).cancel(wish, crowd.s.unnamed(student));
};

const minute = async ({ crowd: { s } }: Client) => {
  await s.get(WaitlistService).tidy();
  await s.get(NamingService).catchUp();
  await s.get(ChargesService).chargeDue();
};

/** Those who wait for time that others have, and those who want it each week. */
export const ACTS_OF_LINES: readonly Act[] = [
  { name: 'join a line', weight: 8, act: join },
  { name: 'leave a line', weight: 2, act: leave },
  { name: 'accept an offer', weight: 4, act: accept },
  { name: 'series', weight: 3, act: repeat },
  { name: 'end a series', weight: 2, act: stop },
  { name: 'minute', weight: 2, act: minute },
];
