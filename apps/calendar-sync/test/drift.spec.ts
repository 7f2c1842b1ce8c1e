import { DriftService } from '../src/lessons/drift.service.ts';
import { canceled, lessonsScenario, type LessonsScenario } from './lessons.scenario.ts';

describe('the nightly comparison', () => {
  let s: LessonsScenario;
  beforeAll(async () => {
    s = await lessonsScenario();
  });
  afterEach(() => s.google.setFaults({}));
  afterAll(() => s.end());

  const compare = () => s.get(DriftService).compare(s.sam.id);
  const HOUR = 3_600_000;
  /** Nothing is pushed, and what a reading would see is not seen. */
  const unseen = async (change: () => void) => {
    s.google.setFaults({ pushes: { lose: 1 } });
    change();
    await s.google.pushesSettled();
  };

  it('finds nothing where all is as it should be', async () => {
    await s.booked();
    expect(await compare()).toBe(0);
  });

  it('writes again what is missing', async () => {
    const booked = await s.booked();
    await unseen(() => s.google.deleteEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!));
    expect(await compare()).toBe(1);
    await s.settle();
    expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    expect((await s.status(s.sam)).repairs[0]).toMatchObject({ booking_id: booked.booking_id, kind: 'missing' });
  });

  it('puts back what was moved', async () => {
    const booked = await s.booked();
    const to = {
      startAt: new Date(Date.parse(booked.start_at) + HOUR),
      endAt: new Date(Date.parse(booked.end_at) + HOUR),
    };
    await unseen(() => s.google.moveEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!, to));
    expect(await compare()).toBe(1);
    await s.settle();
    expect(s.starts(booked)[1]).toEqual([booked.start_at]);
  });

  it('takes out what is left over, and what stands twice', async () => {
    const [booked, off] = [await s.booked(), await s.booked()];
    const [event, leftOver] = [s.shown(s.sam, booked)[0]!, s.shown(s.sam, off)[0]!];
    await s.say(canceled(off));
    await s.settle();
    const { id: _id, etag: _etag, iCalUID: _uid, ...copy } = leftOver;
    const { id: _id2, etag: _etag2, iCalUID: _uid2, ...twin } = event;
    await unseen(() => {
      s.google.addEvent(s.sam.email, copy);
      s.google.addEvent(s.sam.email, twin);
    });
    expect(await compare()).toBe(2);
    expect([s.shown(s.sam, booked).length, s.shown(s.sam, off).length]).toEqual([1, 0]);
    const { repairs } = await s.status(s.sam);
    expect(
      repairs
        .slice(0, 2)
        .map(({ kind }: { kind: string }) => kind)
        .toSorted(),
    ).toEqual(['doubled', 'left_over']);
  });

  it('is made up where Google did not answer, and comes to everybody in their turn', async () => {
    await s.source.query("update google_oauth_accounts set next_compare_at = now() - interval '1 minute'");
    s.google.setFaults({ requests: [{ kind: 'status', status: 503, method: 'GET' }] });
    await s.get(DriftService).compareDue();
    const due = () =>
      s.source.query("select 1 from google_oauth_accounts where next_compare_at < now() + interval '15 minutes'");
    expect(await due()).toHaveLength(2);
    s.google.setFaults({});
    await s.source.query("update google_oauth_accounts set next_compare_at = now() - interval '1 minute'");
    await s.get(DriftService).compareDue();
    expect(await due()).toHaveLength(0);
  });
});
