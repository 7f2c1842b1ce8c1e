import type { PersonId, SlotId } from '@scheduling/domain';
import { rush, until } from '@scheduling/testing';
import { CancelService } from '../src/bookings/cancel.service.ts';
import { findBooking } from '../src/bookings/bookings.store.ts';
import { lockPeopleAndSlots } from '../src/slots/slots.store.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const POLLERS = 8;
const at = (time: string) => `2030-03-01T${time}:00.000Z`;

/** A lesson that somebody waits for, and what it takes for its seat to come free. */
interface Line {
  readonly tutor: PersonId;
  readonly slot: SlotId;
  /** Who took the seat first. */
  readonly student: PersonId;
}
type Freeing = [
  how: string,
  hold: (s: WaitlistScenario) => Promise<Line>,
  free: (s: WaitlistScenario, line: Line) => Promise<unknown>,
];

const booked = async (s: WaitlistScenario): Promise<Line> => {
  const { tutor, slot, booking } = await s.taken();
  return { tutor, slot, student: booking.studentId };
};
const held = async (s: WaitlistScenario): Promise<Line> => {
  const line = { tutor: s.person(), student: s.person() };
  const slot = await s.slot({ tutor: line.tutor });
  await s.hold(line.student, slot);
  return { ...line, slot };
};
const idOf = async (s: WaitlistScenario, slot: SlotId) =>
  (await s.source.query("select id from bookings where slot_id = $1 and status = 'confirmed'", [slot]))[0].id;

const WAYS: Freeing[] = [
  ['its student cancels', booked, (s, { slot }) => s.cancelIn(slot)],
  [
    'its tutor cancels and wants the time taken again',
    booked,
    async (s, { tutor, slot }) => s.cancel(tutor, await idOf(s, slot), true),
  ],
  [
    'its tutor canceled and offers the time again',
    async (s) => {
      const line = await booked(s);
      await s.cancel(line.tutor, await idOf(s, line.slot));
      return line;
    },
    async (s, { tutor, slot }) => {
      const [{ id }] = await s.source.query('select id from bookings where slot_id = $1', [slot]);
      return s.cancel(tutor, id, true);
    },
  ],
  ['a hold is let go of', held, (s, { student, slot }) => s.holds.release(student, slot)],
  ['a hold runs out, and is swept', held, async (s) => (s.clock.advance(10), s.holds.sweep())],
  [
    'a hold runs out, and nobody sweeps it before the next minute',
    held,
    async (s) => (s.clock.advance(10), s.minute()),
  ],
  [
    'the lesson is moved to another time',
    async (s) => {
      const line = await booked(s);
      await s.publish(line.tutor, { starts: [at('12:00'), at('15:00')] });
      return line;
    },
    async (s, { tutor, slot }) => s.move(tutor, await idOf(s, slot), (await s.slotsOf(tutor))[1]!),
  ],
  [
    'its payment fails',
    booked,
    async (s, { tutor, student, slot }) => {
      const id = await idOf(s, slot);
      const off = { by: student, cause: 'payment_failed' as const, reason: null, refundCents: 0, reopens: true };
      return s.db.transaction(async (tx) => {
        await lockPeopleAndSlots(tx, [tutor, student], [slot]);
        return s.get(CancelService).callOff(tx, (await findBooking(tx, id))!, off);
      });
    },
  ],
  [
    'its tutor publishes it',
    async (s) => {
      const tutor = s.person();
      const slot = await s.slot({ tutor });
      await s.publish(tutor, { starts: [] });
      return { tutor, slot, student: s.person() };
    },
    (s, { tutor }) => s.publish(tutor, {}),
  ],
  [
    'its tutor gives up another lesson that stood in the way',
    async (s) => {
      const tutor = s.person();
      await s.publish(tutor, { starts: [at('11:30'), at('12:00')] });
      const [before, slot] = await s.slotsOf(tutor);
      const { studentId } = await s.book(before!);
      return { tutor, slot: slot!, student: studentId };
    },
    async (s, { tutor }) => s.cancelIn((await s.slotsOf(tutor))[0]!),
  ],
];

describe('whoever waits', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it.each(WAYS)('comes before everyone who keeps asking for the seat when %s', async (_, hold, free) => {
    const line = await hold(s);
    const first = await s.join(line.tutor, line.slot);

    const got = await whilePolled(s, line.slot, async () => {
      await free(s, line);
      await s.settle();
    });

    expect(got).toEqual([]);
    expect(await s.holders(line.slot)).toEqual([{ student_id: first.student, kind: 'waitlist', seat: 1 }]);
  });

  it('is offered a seat of a group before everyone who keeps asking, and only that one is kept from them', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, capacity: 3 });
    for (let seat = 0; seat < 3; seat++) await s.book(slot);
    const first = await s.join(tutor, slot);
    const [one, other] = await s.bookingsIn(slot);

    const got = await whilePolled(s, slot, async () => {
      await Promise.all([s.cancel(one!.studentId, one!.id), s.cancel(other!.studentId, other!.id)]);
      await s.settle();
    });

    expect(got).toHaveLength(1);
    expect((await s.holders(slot)).filter(({ kind }) => kind === 'waitlist')).toMatchObject([
      { student_id: first.student },
    ]);
  });
});

/** Has many ask for a slot again and again, each time as somebody else, before, while and after something happens; answers who got it. */
async function whilePolled(s: WaitlistScenario, slot: SlotId, happen: () => Promise<void>): Promise<PersonId[]> {
  const got: PersonId[] = [];
  const asked = Array.from({ length: POLLERS }, () => 0);
  const over = new AbortController();
  const pollers = asked.map(async (_, i) => {
    while (!over.signal.aborted) {
      const student = s.person();
      const { won } = await rush(1, () => s.hold(student, slot));
      if (won.length > 0) got.push(student);
      asked[i]!++;
    }
  });
  const allAskTwice = async () => {
    const before = [...asked];
    await until('each asked twice more', () => asked.every((times, i) => times >= before[i]! + 2));
  };
  try {
    await allAskTwice();
    await happen();
    await allAskTwice();
  } finally {
    over.abort();
    await Promise.all(pollers);
  }
  return got;
}
