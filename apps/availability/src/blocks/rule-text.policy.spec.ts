import { asUntil, withParts } from './rule-text.policy.ts';

describe('the text of a rule', () => {
  it.each<[string, Record<string, string | null>, string]>([
    ['FREQ=WEEKLY;COUNT=4', { COUNT: '2' }, 'FREQ=WEEKLY;COUNT=2'],
    ['FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE', { COUNT: null, UNTIL: 'X' }, 'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=X'],
    ['rrule:byday=mo;until=20300401T000000Z;freq=weekly', { UNTIL: 'X' }, 'rrule:byday=mo;freq=weekly;UNTIL=X'],
    ['FREQ=DAILY', { COUNT: null, UNTIL: 'X' }, 'FREQ=DAILY;UNTIL=X'],
    ['FREQ=DAILY', {}, 'FREQ=DAILY'],
  ])('of %s with %j is %s', (rule, changes, expected) => {
    expect(withParts(rule, changes)).toBe(expected);
  });

  it('names an instant in UTC', () => {
    expect(asUntil(new Date('2030-03-04T14:05:06.789Z'))).toBe('20300304T140506Z');
  });
});
