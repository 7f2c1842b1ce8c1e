const INTENT = /^\/v1\/payment_intents\/[^/]+$/;
const CAPTURE = /\/capture$/;
const CREATE = /^\/v1\/payment_intents$/;
const REFUND = /^\/v1\/refunds$/;
const CONFIRMED = { booking: 'confirmed', intent: 'succeeded', moved: 'payment' };
const REFUNDED = { booking: 'refunded', intent: 'succeeded', moved: 'payment,refund' };
const NOTHING = { booking: 'none', intent: 'canceled', moved: '' };

/** Keeps people or tables of the service's locked until it is let go of. */
async function locked(client, lock, values = []) {
  await client.query('begin');
  await client.query(lock, values);
  return () => client.query('rollback');
}

const STUDENT = {
  lock: "select pg_advisory_xact_lock(hashtextextended('booking person ' || $1::text, 0))",
  values: ({ student }) => [student],
};
const PAYMENT = { lock: 'select from payments where id = $1 for update', values: ({ id }) => [id] };

/** Confirms, is killed while it waits for a lock, and only then is the lock let go of. */
async function killedBehind(s, what) {
  const story = await s.authorized();
  const release = await locked(s.blocker, what.lock, what.values(story));
  const answer = s.confirm(story, story.intentId);
  await s.blocked(s.signal);
  s.kill();
  await answer;
  await release();
  return story;
}

const BOOKS = { lock: 'lock table transfers in exclusive mode', values: () => [] };

/**
 * Each moment at which the process is killed, and what all must have come to after that. Afterwards the student asks again where it
 * `repeats`; where it `lapses` the hold runs out; else nobody does anything.
 */
export const CRASHES = [
  {
    name: 'after the intent was made at Stripe, before its name was kept',
    ends: CONFIRMED,
    async run(s) {
      const story = await s.held();
      const over = s.atStripe('POST', CREATE, 'after', () => s.kill());
      await s.intentOf(story);
      await over;
      await s.ready(s.signal);
      const intentId = await s.intentOf(story);
      s.double.pay(intentId, 'ok');
      await s.confirm(story, intentId);
      return { ...story, intentId };
    },
  },
  {
    name: 'before the intent is checked, and the student asks again',
    ends: CONFIRMED,
    repeats: true,
    run: (s) => killedAt(s, 'GET', INTENT, 'before'),
  },
  {
    name: 'before the intent is checked, and the student never asks again',
    ends: NOTHING,
    lapses: true,
    run: (s) => killedAt(s, 'GET', INTENT, 'before'),
  },
  {
    name: 'after the intent was checked, before the booking is written',
    ends: CONFIRMED,
    repeats: true,
    run: (s) => killedBehind(s, STUDENT),
  },
  {
    name: 'after the booking was written, before that is committed',
    ends: CONFIRMED,
    repeats: true,
    run: (s) => killedBehind(s, PAYMENT),
  },
  {
    name: 'after the booking was written, before that is committed, and the student never asks again',
    ends: NOTHING,
    lapses: true,
    run: (s) => killedBehind(s, PAYMENT),
  },
  {
    name: 'before the capture',
    ends: CONFIRMED,
    run: (s) => killedAt(s, 'POST', CAPTURE, 'before'),
  },
  {
    name: 'after the capture at Stripe, whose answer is lost',
    ends: CONFIRMED,
    run: (s) => killedAt(s, 'POST', CAPTURE, 'after'),
  },
  {
    name: 'after the answer of the capture, before anything of it is written',
    ends: CONFIRMED,
    run: (s) => killedAfterCapture(s, STUDENT),
  },
  {
    name: 'after the confirmation was written, before that is committed',
    ends: CONFIRMED,
    run: (s) => killedAfterCapture(s, BOOKS),
  },
  {
    name: 'after the confirmation was committed, before the student is answered',
    ends: CONFIRMED,
    async run(s) {
      const story = await s.authorized();
      const { answer, release } = await capturedBehind(s, story, BOOKS);
      // It stands in line behind the confirmation, and ahead of the last look at it.
      const queued = locked(s.blocker2, 'lock table bookings in access exclusive mode');
      await release();
      const unlock = await queued;
      const { rows } = await s.blocker2.query('select status from bookings where id = $1', [story.id]);
      if (rows[0]?.status !== 'confirmed') throw new Error('it was not committed yet');
      await s.blocked(s.signal);
      s.kill();
      await answer;
      await unlock();
      return story;
    },
  },
  {
    name: 'before a refund',
    ends: REFUNDED,
    run: (s) => canceledAt(s, 'before'),
  },
  {
    name: 'after a refund at Stripe, whose answer is lost',
    ends: REFUNDED,
    run: (s) => canceledAt(s, 'after'),
  },
];

async function killedAt(s, method, path, phase) {
  const story = await s.authorized();
  const over = s.atStripe(method, path, phase, () => s.kill());
  await s.confirm(story, story.intentId);
  await over;
  return story;
}

async function canceledAt(s, phase) {
  const story = await s.authorized();
  await s.confirm(story, story.intentId);
  const over = s.atStripe('POST', REFUND, phase, () => s.kill());
  await s.ask(story.student, `/bookings/${story.id}/cancel`, { reason: 'ill' });
  await over;
  return story;
}

/** Confirms, and has a lock taken as soon as Stripe has captured; comes back when the service waits for it. */
async function capturedBehind(s, story, what) {
  let release;
  const over = s.atStripe('POST', CAPTURE, 'after', async () => {
    release = await locked(s.blocker, what.lock, what.values(story));
  });
  const answer = s.confirm(story, story.intentId);
  await over;
  await s.blocked(s.signal);
  return { answer, release };
}

async function killedAfterCapture(s, what) {
  const story = await s.authorized();
  const { answer, release } = await capturedBehind(s, story, what);
  s.kill();
  await answer;
  await release();
  return story;
}
