import { startsOf } from '@scheduling/time';
import * as fc from 'fast-check';
import { block, settings } from '../../test/teachings.ts';
import {
  OccurrenceMissing,
  OccurrenceNotFound,
  OccurrenceUnexpected,
  TooManyExceptions,
} from '../availability.errors.ts';
import { asBlock } from '../openings/expansion.policy.ts';
import { startWallOf } from '../zones.policy.ts';
import type { AvailabilityBlock } from './blocks.store.ts';
import { divided, type Scope } from './divide-block.policy.ts';

const YEAR = { from: new Date('2029-01-01T00:00:00Z'), until: new Date('2031-01-01T00:00:00Z') };
const startsIn = (of: AvailabilityBlock | null) => (of ? startsOf(asBlock(of, settings), YEAR) : []);
const instants = (of: AvailabilityBlock | null) => startsIn(of).map((at) => at.toISOString().slice(5, 16));
const weekly = (more: Partial<AvailabilityBlock> = {}) =>
  block('03-04T14:00', '03-04T15:00', {
    rrule: 'FREQ=WEEKLY;COUNT=4',
    timezone: 'Europe/Kyiv',
    startWall: new Date('2030-03-04T16:00:00Z'),
    ...more,
  });
const divide = (of: AvailabilityBlock, scope: Scope['scope'], at?: string) =>
  divided(of, settings, { scope, occurrenceAt: at === undefined ? undefined : new Date(`2030-${at}Z`) });

describe('a block that a request is about', () => {
  it('is meant as a whole unless it says otherwise', () => {
    const whole = weekly();
    expect(divide(whole, 'all')).toEqual({ part: whole, rest: null });
  });

  it.each<[string, AvailabilityBlock, Scope['scope'], string | undefined, new (...args: never[]) => Error]>([
    ['a start for all', weekly(), 'all', '03-11T14:00', OccurrenceUnexpected],
    ['no start for one', weekly(), 'one', undefined, OccurrenceMissing],
    ['no start for what follows', weekly(), 'following', undefined, OccurrenceMissing],
    ['a start that is none', weekly(), 'one', '03-12T14:00', OccurrenceNotFound],
    ['a start by a summer clock in winter', weekly(), 'following', '03-11T13:00', OccurrenceNotFound],
    ['a start after the last', weekly(), 'following', '04-08T13:00', OccurrenceNotFound],
    [
      'a start that is taken out',
      weekly({ exdates: [new Date('2030-03-11T14:00Z')] }),
      'one',
      '03-11T14:00',
      OccurrenceNotFound,
    ],
    [
      'a start beside the rule, for what follows',
      weekly({ rdates: [new Date('2030-03-12T14:00Z')] }),
      'following',
      '03-12T14:00',
      OccurrenceNotFound,
    ],
    ['a start of what comes once', block('03-04T14:00', '03-04T15:00'), 'one', '03-04T14:00', OccurrenceNotFound],
    [
      'the 367th exception',
      weekly({ exdates: Array.from({ length: 366 }, (_, n) => new Date(n)) }),
      'one',
      '03-11T14:00',
      TooManyExceptions,
    ],
  ])('is not divided by %s', (_, of, scope, at, refusal) => {
    expect(() => divide(of, scope, at)).toThrow(refusal);
  });

  it('gives one start away as time of its own', () => {
    const { part, rest } = divide(weekly(), 'one', '03-11T14:00');
    expect(instants(part)).toEqual(['03-11T14:00']);
    expect(part).toMatchObject({ rrule: null, endAt: new Date('2030-03-11T15:00Z') });
    expect(instants(rest)).toEqual(['03-04T14:00', '03-18T14:00', '03-25T14:00']);
    const beside = weekly({ rdates: [new Date('2030-03-12T14:00Z')] });
    expect(instants(divide(beside, 'one', '03-12T14:00').rest)).toEqual(instants(weekly()));
  });

  it('gives away one lesson of a rule that starts more than once a day', () => {
    const often = weekly({ rrule: 'FREQ=WEEKLY;BYHOUR=16,18', endAt: new Date('2030-03-04T19:00Z') });
    expect(divide(often, 'one', '03-11T16:00').part).toMatchObject({ endAt: new Date('2030-03-11T17:00Z') });
    const ofTwoHours = { ...often, lessonMinutes: 120 };
    expect(divide(ofTwoHours, 'one', '03-11T16:00').part).toMatchObject({ endAt: new Date('2030-03-11T18:00Z') });
  });

  it('ends before what follows, which has what is left of the count', () => {
    const { part, rest } = divide(weekly(), 'following', '03-18T14:00');
    expect(rest?.rrule).toBe('FREQ=WEEKLY;UNTIL=20300318T135959Z');
    expect(part.rrule).toBe('FREQ=WEEKLY;COUNT=2');
    expect([instants(rest), instants(part)]).toEqual([
      ['03-04T14:00', '03-11T14:00'],
      ['03-18T14:00', '03-25T14:00'],
    ]);
  });

  it('does not count an hour that was over when it began in the turn after it', () => {
    // In New York 01:30 comes twice on 3 November; who begins with the second has no start on that day.
    const second = { startAt: new Date('2030-11-03T06:30Z'), endAt: new Date('2030-11-03T07:30Z'), startWall: null };
    const late = weekly({ rrule: 'FREQ=DAILY;COUNT=3', timezone: 'America/New_York', ...second });
    expect(instants(late)).toEqual(['11-04T06:30', '11-05T06:30', '11-06T06:30']);
    const { part, rest } = divide(late, 'following', '11-05T06:30');
    expect([instants(rest), instants(part)]).toEqual([['11-04T06:30'], ['11-05T06:30', '11-06T06:30']]);
  });

  it('goes by time where a gap turns the order of the clock round', () => {
    const rule = { rrule: 'FREQ=MINUTELY;INTERVAL=45;BYHOUR=1,2,3;COUNT=6', timezone: 'America/New_York' };
    const night = weekly({ ...rule, startAt: new Date('2030-03-10T06:00Z'), startWall: new Date('2030-03-10T01:00Z') });
    // 01:00, 01:45, 03:15 and 02:30, which is 03:30 on that day; then 01:00 and 01:45 of the next.
    const all = ['03-10T06:00', '03-10T06:45', '03-10T07:15', '03-10T07:30', '03-11T05:00', '03-11T05:45'];
    expect(instants(night)).toEqual(all);
    for (const nth of [1, 2, 3, 4, 5]) {
      const { part, rest } = divide(night, 'following', all[nth]);
      expect([instants(rest), instants(part)]).toEqual([all.slice(0, nth), all.slice(nth)]);
    }
  });

  it('leaves nothing where it is the first start that the rest begins with', () => {
    expect(divide(weekly(), 'following', '03-04T14:00').rest).toBeNull();
    const later = weekly({ rrule: 'FREQ=WEEKLY;BYDAY=WE' });
    expect(divide(later, 'following', '03-06T14:00').rest).toBeNull();
    const beside = weekly({ rdates: [new Date('2030-03-01T14:00Z')] });
    expect(instants(divide(beside, 'following', '03-04T14:00').rest)).toEqual(['03-01T14:00']);
  });

  it('is refused where its text has no room for an end', () => {
    const full = `FREQ=WEEKLY;BYDAY=${Array.from({ length: 160 }, () => 'MO').join(',')}`;
    expect(() => divide(weekly({ rrule: full }), 'following', '03-18T14:00')).toThrow('not one that we understand');
  });

  it('starts just when it did, whatever its rule, wherever it is divided', () => {
    const rules = fc.constantFrom(
      'FREQ=WEEKLY;COUNT=20',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SU;WKST=SU;COUNT=17',
      'FREQ=DAILY;INTERVAL=3;UNTIL=20300901T000000Z',
      'RRULE:freq=daily;count=40',
      'FREQ=DAILY;BYHOUR=1,2,3,4;BYMINUTE=0,30;COUNT=120',
      'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1,2;COUNT=12',
      'FREQ=MONTHLY;BYMONTHDAY=-1,15',
      'FREQ=YEARLY;BYMONTH=3,10;BYDAY=SU;COUNT=9',
      'FREQ=HOURLY;INTERVAL=7;COUNT=90',
      'FREQ=MINUTELY;INTERVAL=45;BYHOUR=1,2,3;UNTIL=20300420T000000Z',
    );
    const zones = fc.constantFrom('Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    // Half hours of February to April, gaps and repeated hours among them.
    const starting = fc.nat(48 * 89).map((half) => new Date(Date.parse('2030-02-01T00:00Z') + half * 1_800_000));
    const dates = fc.array(fc.nat(1000), { maxLength: 5 });
    fc.assert(
      fc.property(rules, zones, starting, fc.nat(), dates, (rrule, timezone, startAt, nth, out) => {
        const endAt = new Date(startAt.getTime() + 3_600_000);
        const whole = block('03-04T14:00', '03-04T15:00', {
          rrule,
          timezone,
          startAt,
          endAt,
          startWall: startWallOf(startAt, timezone),
        });
        const all = startsIn(whole);
        fc.pre(all.length > 1);
        const at = all[nth % all.length]!;
        const exdates = out.map((one) => all[one % all.length]!).filter((one) => one.getTime() !== at.getTime());
        const given = { ...whole, exdates, rdates: [new Date(at.getTime() + 60_000)] };
        const { part, rest } = divided(given, settings, { scope: 'following', occurrenceAt: at });
        expect([...startsIn(rest), ...startsIn(part)]).toEqual(startsIn(given));
        expect(startsIn(rest).every((one) => one < at)).toBe(true);
        expect(startsIn(part)[0]).toEqual(at);
      }),
      { numRuns: 500 },
    );
  });
});
