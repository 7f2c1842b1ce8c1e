import { call, eventually } from './gateway.mjs';
import { check, expect, show, step } from './tell.mjs';

const API = '/api/v1/scheduling/notifications';

/** A student reads inside what was mailed, quiets the nights, and registers a telephone; the ledger holds what will be said later. */
export async function messages({ student, admin }, { booking_id: id }) {
  step('The student reads about it inside, and an operator sees what is still to be said');
  const { answer, result: news } = await eventually(
    () => call('GET', API, { as: student }),
    ({ body }) => body.items?.find((item) => item.booking_id === id && item.kind === 'booking_confirmed'),
  );
  check(news, 'it stands among the notifications', answer);
  show(`"${news.title}" ${news.body}`);
  expect(await call('POST', `${API}/${news.notification_id}/read`, { as: student }), 200, 'it is read');
  const ledger = expect(await call('GET', `${API}/ledger?booking_id=${id}`, { as: admin }), 200, 'the ledger is shown');
  const reminders = ledger.items.filter(({ kind, state }) => kind === 'lesson_soon' && state === 'planned');
  check(reminders.length >= 2, 'with the reminders that wait', ledger);
  show(reminders.map(({ channel, next_attempt_at: at }) => `${channel} ${at}`).join(', '));
  const body = { quiet_hours: { from: '22:00', until: '07:00' } };
  expect(await call('PUT', `${API}/preferences`, { as: student, body }), 200, 'the nights are quiet from now on');
  return telephone(student);
}

async function telephone(student) {
  const device = await call('POST', '/sandbox/pushes/devices', { body: { platform: 'android' } });
  expect(device, 201, 'there is a telephone');
  const { registration } = device.body;
  expect(await call('POST', `${API}/devices`, { as: student, body: registration }), 201, 'it is registered');
  return device.body;
}

/** The telephone shows that the lesson has moved. */
export async function pushed(telephone) {
  const { answer, result } = await eventually(
    () => call('GET', '/sandbox/pushes/devices.json'),
    ({ body }) => {
      const device = body.items?.find(({ device_id: id }) => id === telephone.device_id);
      return device?.shown?.find(({ title }) => title === 'The lesson has a new time');
    },
  );
  check(result, 'the telephone shows it', answer.body.items?.at(-1));
  show(result.body);
}
