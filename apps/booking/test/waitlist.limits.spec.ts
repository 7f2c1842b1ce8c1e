import { RangeBackwards, RangeTooLong, SlotNotFound } from '../src/slots/slots.errors.ts';
import {
  AlreadySeated,
  OwnTime,
  SlotOpen,
  TooLateToWait,
  TutorUnknown,
  WaitlistEntryNotFound,
  WaitlistFull,
} from '../src/waitlist/waitlist.errors.ts';
import { type WaitlistScenario, waitlistScenario } from './waitlist.scenario.ts';

const at = (time: string) => new Date(`2030-03-01T${time}:00.000Z`);
const DAY = 86_400_000;

describe('a place in a line', () => {
  let s: WaitlistScenario;
  beforeAll(async () => {
    s = await waitlistScenario();
  });
  afterAll(() => s.end());
  const noon = at('12:00');

  it('is refused where a seat can be held at once', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor });
    await expect(s.join(tutor, slot)).rejects.toThrow(SlotOpen);
    const window = { from: noon, until: at('13:00') };
    await expect(s.join(tutor, window)).rejects.toMatchObject({ facts: { slot_id: slot, start_at: noon } });
  });

  it('is the last one where a seat is free that others wait for', async () => {
    const { tutor, slot } = await s.taken();
    const first = await s.join(tutor, slot);
    const asked = s.pause();
    await s.cancelIn(slot);
    const second = await s.join(tutor, slot);
    expect((await s.place(second)).ahead).toBe(1);
    asked.resume();
    await s.minute();
    expect([await s.statusOf(first), await s.statusOf(second)]).toEqual(['offered', 'waiting']);
  });

  it('is the same one when it is asked for again', async () => {
    const { tutor, slot } = await s.taken();
    const first = await s.join(tutor, slot);
    await s.join(tutor, slot);
    expect(await s.join(tutor, slot, first.student)).toMatchObject({ id: first.id, isRepeated: true });
    expect((await s.place(first)).ahead).toBe(0);
  });

  it('is a new one, at the end, for who has left', async () => {
    const { tutor, slot } = await s.taken();
    const first = await s.join(tutor, slot);
    await s.join(tutor, slot);
    await s.leave(first);
    const again = await s.join(tutor, slot, first.student);
    expect([again.isRepeated, (await s.place(again)).ahead]).toEqual([false, 1]);
  });

  it('is one of ten at most', async () => {
    const { tutor, slot } = await s.taken();
    const student = s.person();
    const window = (hour: number) => ({ from: new Date(noon.getTime() + hour * 3_600_000), until: at('23:59') });
    await s.publish(tutor, { starts: [noon.toISOString()] });
    const places = [];
    for (let hour = 1; hour <= 10; hour++) places.push(await s.join(tutor, window(hour), student));
    await expect(s.join(tutor, slot, student)).rejects.toThrow(WaitlistFull);
    expect((await s.join(tutor, window(3), student)).isRepeated).toBe(true);
    await s.leave(places[4]!);
    await s.join(tutor, slot, student);
  });

  it('is nobody’s who has a seat there, or teaches there', async () => {
    const { tutor, slot, booking } = await s.taken();
    await expect(s.join(tutor, slot, booking.studentId)).rejects.toThrow(AlreadySeated);
    await expect(s.join(tutor, slot, tutor)).rejects.toThrow(OwnTime);
  });

  it.each([
    ['a slot of another tutor', SlotNotFound, async () => s.join(s.person(), (await s.taken()).slot)],
    ['a tutor who never offered anything', TutorUnknown, () => s.join(s.person(), { from: noon, until: at('13:00') })],
    [
      'a window that ends before it begins',
      RangeBackwards,
      async () => s.join((await s.taken()).tutor, { from: noon, until: noon }),
    ],
    [
      'a window of more than three months',
      RangeTooLong,
      async () => s.join((await s.taken()).tutor, { from: noon, until: new Date(noon.getTime() + 93 * DAY) }),
    ],
    [
      'a lesson within two hours',
      TooLateToWait,
      async () => s.join((await s.taken('11:00')).tutor, { from: at('09:00'), until: at('11:00') }),
    ],
  ])('is refused for %s', async (_, refusal, join) => {
    await expect(join()).rejects.toThrow(refusal);
  });

  it('is seen and left by its student only', async () => {
    const { tutor, slot } = await s.taken();
    const { id } = await s.join(tutor, slot);
    await expect(s.place({ id, student: s.person() })).rejects.toThrow(WaitlistEntryNotFound);
    await expect(s.leave({ id, student: s.person() })).rejects.toThrow(WaitlistEntryNotFound);
  });

  it('is listed with the others, the newest first, a page at a time', async () => {
    const student = s.person();
    const ids = [];
    for (let i = 0; i < 3; i++) {
      const { tutor, slot } = await s.taken();
      ids.unshift((await s.join(tutor, slot, student)).id);
    }
    const page = await s.waitlist.list(student, { after: null, limit: 2 });
    expect(page.map(({ entry }) => entry.id)).toEqual(ids.slice(0, 2));
    const next = await s.waitlist.list(student, { after: ids[1]!, limit: 2 });
    expect(next.map(({ entry }) => entry.id)).toEqual(ids.slice(2));
  });
});

describe('two hours before a lesson', () => {
  let s: WaitlistScenario;
  beforeEach(async () => {
    s = await waitlistScenario();
  });
  afterEach(() => s.end());

  it('an offer ends, and the seat is everyone’s', async () => {
    const { tutor, slot } = await s.taken();
    const line = [await s.join(tutor, slot), await s.join(tutor, slot)] as const;
    s.clock.advance(55);
    await s.cancelIn(slot);
    await s.settle();
    expect((await s.place(line[0])).offer?.expiresAt).toEqual(at('10:00'));
    // The tutor's claim ends with it as well.
    expect((await s.claims(slot)).map(({ expires_at }) => expires_at)).toEqual([at('10:00'), at('10:00')]);

    s.clock.advance(5);
    expect(await s.listed(tutor)).toHaveLength(1);
    expect((await s.hold(s.person(), slot)).hold.seat).toBe(1);
    expect(await Promise.all(line.map(s.statusOf))).toEqual(['passed_over', 'expired']);
    await s.minute();
    expect(await s.stepsOf(line[1])).toEqual(['joined', 'expired']);
  });

  it('a seat that comes free is offered to nobody', async () => {
    const { tutor, slot } = await s.taken();
    const first = await s.join(tutor, slot);
    s.clock.advance(60);
    await s.cancelIn(slot);
    await s.settle();
    expect(await s.listed(tutor)).toHaveLength(1);
    expect(await s.stepsOf(first)).toEqual(['joined']);
  });

  it('is later where the tutor needs longer notice', async () => {
    const tutor = s.person();
    const slot = await s.slot({ tutor, terms: { minimum_notice_minutes: 150 } });
    await s.book(slot);
    const first = await s.join(tutor, slot);
    s.clock.advance(31);
    await s.cancelIn(slot);
    await s.minute();
    expect([await s.statusOf(first), await s.claims(slot)]).toEqual(['waiting', []]);
  });
});
