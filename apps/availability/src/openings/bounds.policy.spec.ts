import { block, override, settings, teaching, timeOff } from '../../test/teachings.ts';
import { TooManyKinds, TooMuchToWorkOut } from '../availability.errors.ts';
import { refuseTooMuch, refuseTooMuchTimeOff } from './bounds.policy.ts';
import { desiredOf, horizonOf } from './openings.policy.ts';

const horizon = horizonOf(settings, new Date('2030-03-01T09:00:00Z'));
const times = <Made>(many: number, make: (nth: number) => Made) => Array.from({ length: many }, (_, nth) => make(nth));

describe('what one tutor enters', () => {
  it('may be 200 rules of a working week', () => {
    const week = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', timezone: 'Europe/Kyiv' };
    const all = teaching({ blocks: times(200, () => block('03-04T10:00', '03-04T11:00', week)) });
    expect(() => refuseTooMuch(all, horizon)).not.toThrow();
    expect(desiredOf(all, horizon)).toHaveLength(39);
  });

  it.each([
    ['an hour', 'FREQ=HOURLY'],
    ['a day, counted since a year ago', 'FREQ=DAILY;COUNT=99999'],
    ['a choice of a year', 'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=1,2,3,4;BYSETPOS=-1'],
  ])('may not be 200 rules by %s', (_, rrule) => {
    const since = { startAt: new Date('2029-03-04T10:00Z'), endAt: new Date('2029-03-04T11:00Z') };
    const all = teaching({ blocks: times(200, () => block('03-04T10:00', '03-04T11:00', { rrule, ...since })) });
    expect(() => refuseTooMuch(all, horizon)).toThrow(TooMuchToWorkOut);
    expect(() => refuseTooMuchTimeOff(all, horizon)).not.toThrow();
  });

  it('may be away each day by 200 rules, and not each hour', () => {
    const away = (rrule: string) =>
      teaching({ timeOff: times(200, () => timeOff('03-04T10:00', '03-04T11:00', { rrule })) });
    expect(() => refuseTooMuchTimeOff(away('FREQ=DAILY'), horizon)).not.toThrow();
    expect(() => refuseTooMuchTimeOff(away('FREQ=HOURLY'), horizon)).toThrow(TooMuchToWorkOut);
    expect(() => refuseTooMuch(away('FREQ=HOURLY'), horizon)).not.toThrow();
  });

  it('may be 200 kinds of lessons', () => {
    const blocks = times(199, (nth) => block('03-04T10:00', '03-04T11:00', { priceCents: nth }));
    const like = (capacity: number | null) => override('03-05', [['10:00', '11:00']], { capacity });
    expect(() => refuseTooMuch(teaching({ blocks, overrides: [like(null), like(null)] }), horizon)).not.toThrow();
    expect(() => refuseTooMuch(teaching({ blocks, overrides: [like(null), like(2)] }), horizon)).toThrow(TooManyKinds);
  });
});
