import { CompletionService } from '../src/completion/completion.service.ts';
import { type ProposalsScenario, proposalsScenario } from './proposals.scenario.ts';

const NOON = '2030-03-08T12:00:00.000Z';
const MEET = 'https://meet.google.com/abc-defg-hij';
const ZOOM = 'https://zoom.us/j/93012345678?pwd=s3cret';

describe('the link to a lesson', () => {
  let s: ProposalsScenario;
  beforeAll(async () => {
    s = await proposalsScenario();
  });
  afterEach(() => s.checkAll());
  afterAll(() => s.end());

  it("is the platform's until the tutor's calendar gives a better one, which everyone is told once", async () => {
    const { tutor, booking, student } = await s.lesson([NOON]);
    expect(await s.row(booking.id)).toMatchObject({ join_link_source: 'template', join_link: booking.joinLink });
    await s.write(booking, tutor, MEET);
    await s.write(booking, student);
    await s.write(booking, tutor, MEET);
    await s.write({ ...booking, version: 2 }, tutor, MEET);

    expect(await s.row(booking.id)).toMatchObject({
      version: 2,
      join_link: MEET,
      join_link_source: 'google',
      calendar_event_id_tutor: `event of ${tutor}`,
      calendar_event_id_student: `event of ${student}`,
    });
    expect(await s.since(tutor)).toEqual(['LessonLinkReady']);
    const [, stated] = (await s.statedOf(tutor)).at(-1)!;
    expect(stated).toMatchObject({ booking_id: booking.id, version: 2, join_link: MEET, status: 'confirmed' });
    expect((await s.history(booking.id)).at(-1)).toEqual(['link_ready', 'confirmed', 'confirmed', null]);
  });

  it('stays with a lesson that is moved', async () => {
    const { tutor, slots, booking, student } = await s.lesson([NOON, '2030-03-09T12:00:00.000Z']);
    await s.write(booking, tutor, MEET);
    const moved = await s.move(student, booking.id, slots[1]!);
    expect([moved.joinLink, moved.version]).toEqual([MEET, 3]);
    expect(await s.row(booking.id)).toMatchObject({ join_link: MEET, calendar_event_id_tutor: `event of ${tutor}` });
  });

  it('to a room that the tutor chose is never left for that of a calendar', async () => {
    const { tutor, booking } = await s.lesson([NOON]);
    await s.write(booking, tutor, MEET);
    await s.meet(booking, tutor, ZOOM);
    await s.write(booking, tutor, 'https://meet.google.com/another');
    expect(await s.row(booking.id)).toMatchObject({ version: 3, join_link: ZOOM, join_link_source: 'zoom' });
    await s.meet(booking, tutor, 'https://rooms.example.org/mine', 'link');
    expect(await s.row(booking.id)).toMatchObject({ version: 4, join_link_source: 'link' });
  });

  it("of the student's calendar is better than none, and worse than the tutor's", async () => {
    const { tutor, booking, student } = await s.lesson([NOON]);
    await s.write(booking, student, 'https://meet.google.com/student');
    expect(await s.row(booking.id)).toMatchObject({ join_link: 'https://meet.google.com/student' });
    await s.write(booking, tutor, MEET);
    await s.write(booking, student, 'https://meet.google.com/student');
    expect(await s.row(booking.id)).toMatchObject({ version: 3, join_link: MEET });
  });

  it.each([
    ['plain http', 'http://meet.google.com/abc'],
    ['a script', 'javascript:alert(1)'],
    ['no address', 'see you there'],
    ['a line break', 'https://meet.google.com/a\nBEGIN:VEVENT'],
    ['a name and a password', 'https://preply.com:secret@evil.example/'],
    ['nothing but the scheme', 'https://'],
  ])('is never %s', async (_, link) => {
    const { tutor, booking } = await s.lesson([NOON]);
    await s.write(booking, tutor, link);
    await s.meet(booking, tutor, link);
    expect(await s.row(booking.id)).toMatchObject({ version: 1, join_link: booking.joinLink });
    expect(await s.since(tutor)).toEqual([]);
  });

  it('comes from the two of the lesson alone, each on their own side', async () => {
    const { tutor, booking, student } = await s.lesson([NOON]);
    await s.write(booking, s.person(), MEET);
    await s.write(booking, s.person(), MEET, 'tutor');
    await s.write(booking, student, MEET, 'tutor');
    await s.meet(booking, student, ZOOM);
    await s.meet(booking, s.person(), ZOOM);
    await s.meet(booking, tutor, ZOOM, 'carrier pigeon');
    await s.write({ ...booking, id: s.person() as never }, tutor, MEET);
    expect(await s.row(booking.id)).toMatchObject({
      version: 1,
      join_link: booking.joinLink,
      calendar_event_id_tutor: null,
      calendar_event_id_student: null,
    });
  });

  it('of a lesson that is off or over stays what it was', async () => {
    const [off, over] = [await s.lesson([NOON]), await s.lesson(['2030-03-01T12:00:00.000Z'])];
    await s.cancel(off.student, off.booking.id);
    s.clock.advance(24 * 60);
    await s.get(CompletionService).complete();
    for (const { tutor, booking } of [off, over]) {
      await s.write(booking, tutor, MEET);
      await s.meet(booking, tutor, ZOOM);
      expect(await s.row(booking.id)).toMatchObject({
        version: 2,
        join_link: booking.joinLink,
        calendar_event_id_tutor: null,
      });
      expect(await s.since(tutor)).not.toContain('LessonLinkReady');
    }
    s.clock.advance(-24 * 60);
  });
});
