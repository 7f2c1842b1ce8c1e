import { type Asker, type Door, openDoor } from './lifecycle.http.ts';
import { type Lifecycle, lifecycle } from './lifecycle.scenario.ts';

const at = (day: number) => `2030-03-0${day}T12:00:00.000Z`;

describe('a change of a booking for the version that was read', () => {
  let s: Lifecycle;
  let door: Door;
  beforeAll(async () => {
    s = await lifecycle();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  /** A lesson with a free slot of its tutor beside it, and what its student can ask for. */
  const booked = async () => {
    const { slots } = await s.teach({ starts: [8, 9].map(at), terms: await s.policy({}) });
    const { id, studentId } = await s.book(slots[0]!);
    const student: Asker = { id: studentId };
    const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
      const answer = await door.ask(method, `/bookings/${id}${path}`, student, body, more);
      return { status: answer.status, etag: answer.headers.get('etag'), body: JSON.parse(answer.text) };
    };
    return {
      id,
      show: () => ask('GET', ''),
      cancel: (tag: string, key?: string) =>
        ask('POST', '/cancel', {}, { 'if-match': tag, ...(key && { 'idempotency-key': key }) }),
      move: (tag: string) => ask('POST', '/reschedule', { new_slot_id: slots[1] }, { 'if-match': tag }),
    };
  };
  const stale = (version: number) => ({ status: 412, body: { code: 'version_stale', current_version: version } });

  it('is made while it is that version, and no change after it', async () => {
    const lesson = await booked();
    const { etag, body } = await lesson.show();
    expect(etag).toBe(`"v${body.version}"`);
    const moved = await lesson.move(etag!);
    expect(moved).toMatchObject({ status: 200, etag: `"v${body.version + 1}"` });
    expect(await lesson.move(etag!)).toMatchObject(stale(body.version + 1));
    expect(await lesson.cancel(etag!)).toMatchObject(stale(body.version + 1));
    expect(await lesson.cancel(moved.etag!)).toMatchObject({ status: 200, body: { status: 'refunded' } });
  });

  it('answers the same to a repeat under its key', async () => {
    const lesson = await booked();
    const { etag } = await lesson.show();
    const first = await lesson.cancel(etag!, `cancel ${lesson.id}`);
    expect(first.status).toBe(200);
    expect(await lesson.cancel(etag!, `cancel ${lesson.id}`)).toEqual(first);
    expect((await lesson.cancel(etag!)).status).toBe(412);
  });

  it('is made by one of those who read the same', async () => {
    const lesson = await booked();
    const { etag } = await lesson.show();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? lesson.cancel(etag!) : lesson.move(etag!))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    await s.checkBooks();
  });
});
