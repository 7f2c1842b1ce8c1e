import { RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

describe('availability that opens what it may not', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.change({ timezone: 'UTC', lesson_minutes: 15 });
  });
  afterAll(() => s.end());

  it.each<[string, rrule: string, code: string]>([
    ['an empty rule', '', 'rule_not_understood'],
    ['a rule that is none', 'every secret monday', 'rule_not_understood'],
    ['a part that there is not', 'FREQ=DAILY;SECRET=1', 'rule_not_understood'],
    ['a start every second', 'FREQ=SECONDLY', 'rule_not_understood'],
    ['a rule that never starts', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'rule_not_understood'],
    ['a start every minute', 'FREQ=MINUTELY', 'rule_too_expensive'],
    ['over 96 lessons a day', 'FREQ=MINUTELY;INTERVAL=14;BYDAY=MO', 'too_many_lessons'],
    ['over 2,000 lessons, under 96 a day', 'FREQ=MINUTELY;INTERVAL=20', 'too_many_lessons'],
  ])('is refused by the name of its rule: %s', async (_, rrule_string, code) => {
    const before = await s.everything();
    const answer = await tutor.offer({ ...RULE, rrule_string }, { 'idempotency-key': 'refused' });
    expect(answer).toMatchObject({ status: 422, body: { code, field: 'rrule_string', type: `/problems/${code}` } });
    expect(answer.type).toContain('application/problem+json');
    expect(answer.text.toLowerCase()).not.toContain('secret');
    expect(await s.everything()).toEqual(before);
  });

  it.each<[string, object, field: string]>([
    ['a rule', { ...RULE, rrule_string: 'FREQ=MINUTELY' }, 'rrule_string'],
    ['a stretch of time', { is_recurring: false }, 'end_at'],
  ])('is refused at once though it begins beyond the horizon: %s', async (_, body, field) => {
    const before = await s.everything();
    const end_at = field === 'end_at' ? '2031-05-01T00:00:00Z' : '2030-06-01T01:00:00Z';
    const answer = await tutor.offer({ ...body, start_at: '2030-06-01T00:00:00Z', end_at });
    expect(answer).toMatchObject({ status: 422, body: { field } });
    expect(await s.everything()).toEqual(before);
  });

  it('is refused by the name of its end where it comes once', async () => {
    const before = await s.everything();
    const weeks = { start_at: '2030-03-02T00:00:00Z', end_at: '2030-03-23T00:00:00Z', is_recurring: false };
    expect(await tutor.offer(weeks)).toMatchObject({
      status: 422,
      body: { code: 'too_many_lessons', field: 'end_at' },
    });
    expect(await s.everything()).toEqual(before);
  });
});
