import { sealTrail, verifyTrail } from '@scheduling/persistence';
import { type Door, openDoor } from './lifecycle.http.ts';
import { type Scenario, scenario } from './scenario.ts';

describe('the audit trail of bookings', () => {
  let s: Scenario;
  let door: Door;
  beforeAll(async () => {
    s = await scenario();
    door = await openDoor(s);
  });
  afterAll(async () => {
    await door.close();
    await s.end();
  });

  const trailOf = (id: string) =>
    s.source.query('select action, actor, cause from audit_trail where subject_id = $1 order by id', [id]);

  it('has a hold and its end, by whom and on which way', async () => {
    const student = s.person();
    const slot = await s.slot();
    const { body } = await door.call('POST', '/booking/hold', { id: student }, { slot_id: slot });
    await door.call('POST', '/booking/hold', { id: student }, { slot_id: slot });
    expect((await door.ask('DELETE', `/booking/hold/${slot}`, { id: student }, {})).status).toBe(204);
    expect(await trailOf(body.hold_id)).toEqual([
      { action: 'SlotHeld', actor: student, cause: 'POST /api/v1/scheduling/booking/hold' },
      { action: 'SlotReleased', actor: student, cause: 'DELETE /api/v1/scheduling/booking/hold/:slot_id' },
    ]);
  });

  it('has nothing of what was refused', async () => {
    const [student, other] = [s.person(), s.person()];
    const slot = await s.slot();
    await door.call('POST', '/booking/hold', { id: student }, { slot_id: slot });
    expect((await door.call('POST', '/booking/hold', { id: other }, { slot_id: slot })).status).toBe(409);
    expect(await s.source.query('select 1 from audit_trail where actor = $1', [other])).toEqual([]);
  });

  it('stands when it is sealed', async () => {
    await door.call('POST', '/booking/hold', { id: s.person() }, { slot_id: await s.slot() });
    await sealTrail(s.db);
    const verdict = await verifyTrail((sql, values) => s.source.query(sql, [...values]));
    expect(verdict).toMatchObject({ waiting: 0, faults: [] });
    expect(verdict.sealed).toBeGreaterThan(0);
  });
});
