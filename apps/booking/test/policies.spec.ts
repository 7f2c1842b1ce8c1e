import { newId, type PersonId } from '@scheduling/domain';
import { rush } from '@scheduling/testing';
import { PartBeforeWhole, PolicyNameTaken, PolicyNotFound } from '../src/policies/policies.errors.ts';
import { PoliciesService } from '../src/policies/policies.service.ts';
import { type Scenario, scenario } from './scenario.ts';

const START = '2030-03-08T12:00:00.000Z';
/** From the start back to now, and a minute. */
const DAYS_BEFORE = 7 * 24 * 60 + 180;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const ADMIN = newId<PersonId>();
const TERMS = {
  full_refund_until_minutes: 1440,
  partial_refund_until_minutes: 720,
  partial_refund_percent: 40,
  reschedule_until_minutes: 240,
  maximum_reschedules: 2,
  student_no_show_refund_percent: 10,
};

describe('the cancellation policy of a tutor', () => {
  let s: Scenario;
  let policies: PoliciesService;
  beforeAll(async () => {
    s = await scenario();
    policies = s.get(PoliciesService);
  });
  afterAll(() => s.end());

  const named = async (name: string): Promise<string> => {
    const [policy] = await s.source.query('select id from policies where name = $1', [name]);
    return policy?.id ?? UNKNOWN;
  };
  const make = (name: string, terms = TERMS) => policies.make({ name, terms }, ADMIN, s.unnamed(ADMIN));
  const bookBy = async (cancellation_policy_id: string) => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, starts: [START], terms: { cancellation_policy_id } });
    return { tutor, slot, booking: await s.book(slot) };
  };

  it.each([
    ['flexible', 720],
    ['standard', 1440],
    ['strict', 2880],
  ])('%s is what a booking keeps', async (name, minutes) => {
    const id = await named(name);
    expect((await bookBy(id)).booking.policy).toEqual({
      policy_id: id,
      version: 1,
      full_refund_until_minutes: minutes,
      partial_refund_until_minutes: 0,
      partial_refund_percent: 0,
      reschedule_until_minutes: minutes,
      maximum_reschedules: 3,
      student_no_show_refund_percent: 0,
    });
  });

  it('is the default one where the tutor names none that is known', async () => {
    const standard = await named('standard');
    expect((await bookBy(UNKNOWN)).booking.policy.policy_id).toBe(standard);
    const unnamed = await s.book(await s.slot({ starts: [START] }));
    expect(unnamed.policy.policy_id).toBe(standard);
  });

  it('decides by the hold’s copy, whatever the tutor names later', async () => {
    const { tutor, booking } = await bookBy(await named('strict'));
    await s.publish(tutor, { starts: [START], terms: { cancellation_policy_id: await named('flexible') } });
    s.clock.advance(DAYS_BEFORE - 2880 + 1);
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(0);
    s.clock.advance(-(DAYS_BEFORE - 2880 + 1));
  });

  it('decides by the version that was held, whatever it says later', async () => {
    const { id } = await make('held by its version');
    const { booking } = await bookBy(id);
    const generous = { ...TERMS, full_refund_until_minutes: 0, partial_refund_until_minutes: 0 };
    expect((await policies.change(id, { name: 'held by its version', terms: generous }, ADMIN)).version).toBe(2);
    expect((await bookBy(id)).booking.policy).toEqual({ ...generous, policy_id: id, version: 2 });

    s.clock.advance(DAYS_BEFORE - 1440 + 1);
    const canceled = await s.cancel(booking.studentId, booking.id);
    expect([canceled.policy.version, canceled.refundedCents, canceled.status]).toEqual([1, 1000, 'refunded']);
    expect(await s.balance(booking.studentId)).toBe(8500);
    s.clock.advance(-(DAYS_BEFORE - 1440 + 1));
  });

  it('stays as it was in bookings that know only when they refund in full', async () => {
    const { booking } = await bookBy(await named('standard'));
    await s.source.query('update bookings set policy = $1 where id = $2', [
      { full_refund_until_minutes: 60 },
      booking.id,
    ]);
    s.clock.advance(DAYS_BEFORE - 61);
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(2500);
    s.clock.advance(-(DAYS_BEFORE - 61));
  });

  it('keeps each version that it had, and makes none where nothing changes', async () => {
    const { id } = await make('of many versions');
    const wording = (percent: number) => ({
      name: 'of many versions',
      terms: { ...TERMS, partial_refund_percent: percent },
    });
    await policies.change(id, wording(50), ADMIN);
    await policies.change(id, wording(50), ADMIN);
    await policies.change(id, wording(60), ADMIN);
    const kept = await s.source.query(
      `select version, (terms ->> 'partial_refund_percent')::int as percent, made_by from policy_versions
        where policy_id = $1 order by version`,
      [id],
    );
    expect(kept).toEqual([40, 50, 60].map((percent, i) => ({ version: i + 1, percent, made_by: ADMIN })));
  });

  it('gets one version for each of ten changes at once', async () => {
    const { id } = await make('changed at once');
    const { won } = await rush(10, (i) =>
      policies.change(id, { name: 'changed at once', terms: { ...TERMS, maximum_reschedules: 10 + i } }, ADMIN),
    );
    expect(won.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('is refused with a name that is taken, terms that contradict each other, or no policy to change', async () => {
    const wording = { name: 'strict', terms: TERMS };
    await expect(make('strict')).rejects.toThrow(PolicyNameTaken);
    await expect(policies.change(await named('flexible'), wording, ADMIN)).rejects.toThrow(PolicyNameTaken);
    await expect(policies.change(UNKNOWN, { ...wording, name: 'new' }, ADMIN)).rejects.toThrow(PolicyNotFound);
    await expect(make('odd', { ...TERMS, partial_refund_until_minutes: 1441 })).rejects.toThrow(PartBeforeWhole);
  });
});
