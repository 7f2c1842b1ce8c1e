import { type Scenario, scenario } from './scenario.ts';

const START = '2030-03-08T12:00:00.000Z';
/** From the start back to now, and a minute. */
const DAYS_BEFORE = 7 * 24 * 60 + 180;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the cancellation policy of a tutor', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const named = async (name: string): Promise<string> => {
    const [policy] = await s.source.query('select id from policies where name = $1', [name]);
    return policy?.id ?? UNKNOWN;
  };
  const book = async (policy: string | undefined) => {
    const tutor = s.person();
    const cancellation_policy_id = policy === undefined ? undefined : await named(policy);
    const slot = await s.slot({
      tutor,
      starts: [START],
      terms: cancellation_policy_id ? { cancellation_policy_id } : {},
    });
    return { tutor, booking: await s.book(slot) };
  };

  it.each([
    ['flexible', 720],
    ['standard', 1440],
    ['strict', 2880],
    ['unheard of', 1440],
    [undefined, 1440],
  ])('%s is what a booking keeps', async (name, minutes) => {
    expect((await book(name)).booking.policy).toEqual({ full_refund_until_minutes: minutes });
  });

  it('decides by the hold’s copy, whatever the tutor names later', async () => {
    const { tutor, booking } = await book('strict');
    await s.publish(tutor, { starts: [START], terms: { cancellation_policy_id: await named('flexible') } });
    s.clock.advance(DAYS_BEFORE - 2880 + 1);
    expect((await s.cancel(booking.studentId, booking.id)).refundedCents).toBe(0);
  });
});
