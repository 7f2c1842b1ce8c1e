import { newId, type PersonId } from '@scheduling/domain';
import { InAppWay } from '../src/inbox/in-app-way.ts';
import { completion, lesson, proposal } from './booking-says.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('quiet hours', () => {
  let s: Scenario;
  let sam: PersonId;
  let address: string;
  beforeEach(async () => {
    s = await scenario({ channels: ['in_app'] });
    sam = newId<PersonId>();
    // Nine o'clock in UTC is ten in the evening in Auckland.
    address = await s.meet(sam, { timezone: 'Pacific/Auckland' });
    await s.source.query(
      "insert into notification_settings (user_id, quiet_from, quiet_until, digest, version) values ($1, '21:30', '07:15', 'off', 1)",
      [sam],
    );
  });
  afterEach(() => s.end());

  const mails = () => s.smtp.arrived.filter(({ to }) => to === address).map(({ messageId }) => messageId);
  const past = () =>
    lesson({ student_id: sam, start_at: '2030-03-01T07:00:00.000Z', end_at: '2030-03-01T08:00:00.000Z' });

  it('keep a mail that can wait until the morning of its reader, and nobody else’s', async () => {
    const ended = past();
    await s.meet(ended.tutor_id, { name: 'Olena' });
    await s.complete(completion(ended));
    await s.work(s.worker());
    expect(mails()).toEqual([]);
    expect(await s.states(ended)).toMatchObject({ 'completed sent': 1, 'completed planned': 3 });

    // A quarter past seven in Auckland.
    s.clock.advance(9 * 60 + 14);
    expect(await s.work(s.worker())).toBe(0);
    s.clock.advance(1);
    await s.work(s.worker());
    expect(mails()).toEqual([expect.stringMatching(/^<booking_completed\./)]);
  });

  it('keep nothing back that is read inside', async () => {
    const ended = past();
    await s.complete(completion(ended));
    await s.work(s.workerOn(new InAppWay()));
    const notes = await s.source.query('select kind from in_app where user_id = $1', [sam]);
    expect(notes).toEqual([{ kind: 'booking_completed' }]);
  });

  it('keep no question back that would run out in the night', async () => {
    const tonight = { start_at: '2030-03-01T17:00:00.000Z', end_at: '2030-03-01T18:00:00.000Z' };
    const soon = lesson({ student_id: sam, ...tonight });
    const later = lesson({ student_id: sam, start_at: '2030-03-05T17:00:00.000Z', end_at: '2030-03-05T18:00:00.000Z' });
    await s.propose(proposal(soon, { proposed_by: soon.tutor_id, expires_at: tonight.start_at }));
    await s.propose(proposal(later, { proposed_by: later.tutor_id, expires_at: later.start_at }));
    await s.work(s.worker());
    expect(mails()).toEqual([expect.stringContaining(soon.booking_id)]);
  });
});
