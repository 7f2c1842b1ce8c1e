import { block, range, settings, teaching } from '../../test/teachings.ts';
import type { AvailabilityBlock } from '../blocks/blocks.store.ts';
import { desiredOf, horizonOf, lastNight, openingsOf, termsOf } from './openings.policy.ts';

const horizon = horizonOf(settings, new Date('2030-03-01T09:00:00Z'));

describe('what is told of it', () => {
  it('is a group of starts for each length, price and size, or none', () => {
    expect(openingsOf([])).toEqual([]);
    const group = block('03-04T11:00', '03-04T12:00', { capacity: 4 });
    const short = block('03-05T10:00', '03-05T10:30', { lessonMinutes: 30 });
    const given = { blocks: [block('03-04T10:00', '03-04T11:00'), group, short, block('03-06T10:00', '03-06T11:00')] };
    const at = (from: string) => range(from, from).startAt.toISOString();
    expect(openingsOf(desiredOf(teaching(given), horizon))).toEqual([
      { minutes: 60, price_cents: 2500, capacity: 1, starts: [at('03-04T10:00'), at('03-06T10:00')] },
      { minutes: 60, price_cents: 2500, capacity: 4, starts: [at('03-04T11:00')] },
      { minutes: 30, price_cents: 2500, capacity: 1, starts: [at('03-05T10:00')] },
    ]);
  });

  const kyiv = block('03-04T10:00', '03-04T11:00', { timezone: 'Europe/Kyiv' });
  const tokyo = block('03-04T10:00', '03-04T11:00', { timezone: 'Asia/Tokyo' });
  const terms = {
    currency: 'USD',
    buffer_before_minutes: 5,
    buffer_after_minutes: 10,
    minimum_notice_minutes: 120,
  };
  it.each<[string, string | null, AvailabilityBlock[], string]>([
    ['the settings’ zone', 'Europe/London', [kyiv], 'Europe/London'],
    ['the oldest block’s zone without settings', null, [kyiv, tokyo], 'Europe/Kyiv'],
    ['UTC without either', null, [], 'UTC'],
  ])('is for %s', (_, timezone, blocks, expected) => {
    expect(termsOf({ settings: { ...settings, timezone }, blocks })).toEqual({ ...terms, timezone: expected });
  });

  it('says which caps and policy hold, if any do', () => {
    const capped = { maximumLessonsPerDay: 3, maximumLessonsPerWeek: 9, cancellationPolicyId: kyiv.id };
    expect(termsOf({ settings: { ...settings, ...capped }, blocks: [] })).toEqual({
      ...terms,
      timezone: 'UTC',
      maximum_lessons_per_day: 3,
      maximum_lessons_per_week: 9,
      cancellation_policy_id: kyiv.id,
    });
  });
});

describe('the last night', () => {
  it.each([
    ['2030-03-01T09:00:00.000Z', '2030-03-01T02:00:00.000Z'],
    ['2030-03-01T02:00:00.000Z', '2030-03-01T02:00:00.000Z'],
    ['2030-03-01T01:59:59.999Z', '2030-02-28T02:00:00.000Z'],
    ['2030-01-01T00:00:00.000Z', '2029-12-31T02:00:00.000Z'],
  ])('before %s was %s', (now, night) => {
    expect(lastNight(new Date(now)).toISOString()).toBe(night);
  });
});
