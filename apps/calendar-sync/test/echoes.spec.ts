import { type BookingConfirmed, LessonEventMoved, LessonEventRemoved, ProposalAnswered } from '@scheduling/contracts';
import { newId, type ProposalId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { lessonsScenario, type LessonsScenario, moved } from './lessons.scenario.ts';
import { lesson, type Someone } from './scenario.ts';

describe('what somebody does to a lesson in their own calendar', () => {
  let s: LessonsScenario;
  beforeAll(async () => {
    s = await lessonsScenario();
  });
  afterAll(() => s.end());

  const HOUR = 3_600_000;
  const hourLater = (of: BookingConfirmed) => ({
    startAt: new Date(Date.parse(of.start_at) + HOUR),
    endAt: new Date(Date.parse(of.end_at) + HOUR),
  });
  const drag = (who: Someone, of: BookingConfirmed, to = hourLater(of)) =>
    s.google.moveEvent(who.email, s.shown(who, of)[0]!.id!, to);
  const remove = (who: Someone, of: BookingConfirmed) => s.google.deleteEvent(who.email, s.shown(who, of)[0]!.id!);
  const told = async (of: BookingConfirmed) => [
    ...(await s.heard(LessonEventMoved)).filter(({ booking_id }) => booking_id === of.booking_id),
    ...(await s.heard(LessonEventRemoved)).filter(({ booking_id }) => booking_id === of.booking_id),
  ];
  const answer = (of: BookingConfirmed, by: Someone, outcome: string) =>
    ProposalAnswered.of<ProposalAnswered>({
      ...of,
      proposal_id: newId<ProposalId>(),
      kind: 'reschedule',
      proposed_by: by.id,
      new_slot_id: null,
      new_start_at: null,
      new_end_at: null,
      answered_by: null,
      outcome,
    });

  describe('where the tutor has it put back', () => {
    beforeAll(() => s.onMoved('restore'));

    it.each(['olena', 'sam'] as const)('is undone in the calendar of %s, and counted', async (name) => {
      const [who, booked] = [s[name], await s.booked()];
      const before = (await s.status(who)).repaired_count;
      drag(who, booked);
      await until('it to be put back', () => s.starts(booked).every(([start]) => start === booked.start_at));
      await s.settle();
      remove(who, booked);
      await until('it to be there again', () => s.starts(booked).every(({ length }) => length === 1));
      await s.settle();
      expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
      expect(await told(booked)).toEqual([]);
      const { repaired_count, repairs } = await s.status(who);
      expect(repaired_count - before).toBe(2);
      expect(repairs.slice(0, 2).map(({ kind }: { kind: string }) => kind)).toEqual(['missing', 'moved']);
    });

    it('is undone where the hour was made a whole day', async () => {
      const booked = await s.booked();
      const day = booked.start_at.slice(0, 10);
      const next = new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
      s.google.changeEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!, {
        start: { date: day, dateTime: null },
        end: { date: next, dateTime: null },
      });
      await until('it to be put back', () => s.shown(s.sam, booked)[0]?.start?.dateTime !== undefined);
      await s.settle();
      expect(s.starts(booked)[1]).toEqual([booked.start_at]);
    });

    it('leaves a title of their own alone', async () => {
      const booked = await s.booked();
      s.google.changeEvent(s.sam.email, s.shown(s.sam, booked)[0]!.id!, { summary: 'My lesson' });
      await s.settle();
      expect(s.shown(s.sam, booked)[0]!.summary).toBe('My lesson');
    });
  });

  describe('where the tutor has it proposed', () => {
    beforeAll(() => s.onMoved('propose'));

    it.each(['olena', 'sam'] as const)('is told of once, and stays as %s has put it', async (name) => {
      const [who, booked] = [s[name], await s.booked()];
      drag(who, booked);
      await until('it to be told', async () => (await told(booked)).length > 0);
      await s.hurry();
      const { startAt, endAt } = hourLater(booked);
      expect(await told(booked)).toEqual([
        expect.objectContaining({
          booking_version: 1,
          user_id: who.id,
          side: name === 'olena' ? 'tutor' : 'student',
          start_at: startAt.toISOString(),
          end_at: endAt.toISOString(),
        }),
      ]);
      expect(s.shown(who, booked).map(({ start }) => new Date(start!.dateTime!).toISOString())).toEqual([
        startAt.toISOString(),
      ]);
    });

    it('is put back where the other side does not want it', async () => {
      const booked = await s.booked();
      drag(s.olena, booked);
      await until('it to be told', async () => (await told(booked)).length > 0);
      await s.say(answer(booked, s.olena, 'refused'));
      await s.settle();
      expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    });

    it('is put back where it was removed and the other side does not want it', async () => {
      const booked = await s.booked();
      remove(s.sam, booked);
      await until('it to be told', async () => (await told(booked)).length > 0);
      // Whoever reads all of the calendar meets what was removed again.
      await s.source.query('update watched_calendars set sync_token = null');
      await s.hurry();
      expect(await told(booked)).toHaveLength(1);
      await s.say(answer(booked, s.sam, 'expired'));
      await s.settle();
      expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    });

    it('becomes what booking says where the other side agrees', async () => {
      const booked = await s.booked();
      drag(s.olena, booked);
      await until('it to be told', async () => (await told(booked)).length > 0);
      await s.say(answer(booked, s.olena, 'accepted'));
      const next = moved(booked);
      await s.say(next);
      await s.settle();
      expect(s.starts(booked)).toEqual([[next.start_at], [next.start_at]]);
      expect(await told(booked)).toHaveLength(1);
    });

    it('is withdrawn by the lesson’s own time where they put it back themselves', async () => {
      const booked = await s.booked();
      drag(s.olena, booked);
      await until('it to be told', async () => (await told(booked)).length === 1);
      drag(s.olena, booked, { startAt: new Date(booked.start_at), endAt: new Date(booked.end_at) });
      await until('it to be told', async () => (await told(booked)).length === 2);
      expect((await told(booked))[1]).toMatchObject({ start_at: booked.start_at, end_at: booked.end_at });
    });
  });

  it('is not a write of ours that Google took after the next one', async () => {
    await s.onMoved('propose');
    const booked = await s.booked();
    const next = moved(booked);
    await s.say(next);
    await s.settle();
    const [event] = s.shown(s.olena, next);
    s.google.changeEvent(s.olena.email, event!.id!, {
      start: { dateTime: booked.start_at },
      end: { dateTime: booked.end_at },
      extendedProperties: { private: { ...event!.extendedProperties!.private, scheduling_version: '1' } },
    });
    await until('it to be put right', () => s.starts(next)[0]![0] === next.start_at);
    await s.settle();
    expect(await told(booked)).toEqual([]);
  });

  it('waits for its answer while a room is still looked for', async () => {
    await s.onMoved('propose');
    s.google.setFaults({ meet: 'pending' });
    const booked = lesson(s.olena, s.sam);
    await s.say(booked);
    await until('it to be written', () => s.starts(booked).every(({ length }) => length === 1));
    drag(s.olena, booked);
    await until('it to be told', async () => (await told(booked)).length === 1);
    const row = async () =>
      (
        await s.source.query(
          "select meet_tries, state, awaits_answer from lesson_events where booking_id = $1 and side = 'tutor'",
          [booked.booking_id],
        )
      )[0];
    const before = (await row()).meet_tries;
    await until('the room to be looked for', async () => {
      await s.source.query("update lesson_events set next_attempt_at = now() where state = 'planned'");
      const { meet_tries: tries, state } = await row();
      return tries > before || state === 'idle';
    });
    expect((await row()).awaits_answer).toBe('moved');
    s.google.setFaults({});
    await s.say(answer(booked, s.olena, 'refused'));
    await s.hurry();
    expect(s.starts(booked)[0]).toEqual([booked.start_at]);
  });

  it('is never what we wrote ourselves, though pushes come before our own answers', async () => {
    await s.onMoved('propose');
    const booked = lesson(s.olena, s.sam);
    const stop = s.google.onRequest(async ({ method, path, phase }) => {
      if (phase === 'after' && path.includes('/events') && ['POST', 'PATCH'].includes(method))
        await s.google.pushesSettled();
    });
    await s.say(booked);
    const next = moved(booked);
    await s.say(next);
    await s.settle();
    await s.hurry();
    stop();
    expect(await told(booked)).toEqual([]);
    expect(s.starts(booked)).toEqual([[next.start_at], [next.start_at]]);
  });

  it('is noticed although it came while we wrote', async () => {
    await s.onMoved('restore');
    const booked = lesson(s.olena, s.sam);
    const stop = s.google.onRequest(async ({ method, path, phase }) => {
      if (phase !== 'after' || method !== 'POST' || !path.endsWith('/events')) return;
      const [event] = s.shown(s.sam, booked);
      if (!event) return;
      stop();
      s.google.moveEvent(s.sam.email, event.id!, hourLater(booked));
      await s.google.pushesSettled();
      // Our own answer waits until the calendar has been read.
      await until('the drag to be read', async () => {
        const [{ read }] = await s.source.query(
          'select count(*) as read from lesson_events where booking_id = $1 and needs_look',
          [booked.booking_id],
        );
        return Number(read) > 0;
      });
    });
    await s.say(booked);
    await until('it to be put back', () => s.starts(booked).every(([start]) => start === booked.start_at));
    await s.settle();
    expect(s.starts(booked)).toEqual([[booked.start_at], [booked.start_at]]);
    expect((await s.status(s.sam)).repairs[0]).toMatchObject({ booking_id: booked.booking_id, kind: 'moved' });
  });
});
