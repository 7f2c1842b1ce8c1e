import { ask, signIn } from './standing.mjs';

const API = '/api/v1/scheduling';
const STANDING = ['confirmed'];

/** What people who were there before find through today's API: their bookings, their credits, and that they can still cancel. */
export async function oldData(gateway, release) {
  const users = rows(release, 'accounts', 'users').filter(({ email }) => email);
  const bookings = rows(release, 'booking', 'bookings').filter(({ deleted_at: gone }) => !gone);
  const checks = [];
  let [people, found] = [0, 0];
  const wrong = [];
  for (const user of users) {
    const person = await signIn(gateway, user);
    if (person.id !== user.id) wrong.push(`${user.email} is another person now`);
    const [side] = user.roles.includes('tutor') ? ['tutor_id'] : ['student_id'];
    const own = bookings.filter((one) => one[side] === user.id);
    const { items } = await ask(gateway, 'GET', `${API}/bookings?limit=100`, person);
    for (const booking of own) wrong.push(...differs(items, booking));
    people += 1;
    found += own.length;
  }
  checks.push({
    name: `${people} people sign in as who they were, and list ${found} bookings as they were`,
    ok: wrong.length === 0,
    detail: wrong[0],
  });
  checks.push(...(await money(gateway, release, users)));
  checks.push(await canceling(gateway, users, bookings));
  return checks;
}

const rows = (release, schema, table) => (release.schemas[schema].tables[table] ?? []).map((row) => JSON.parse(row));

/** Time goes on: a lesson that was to come may be over by now, everything else is as it was. */
function differs(items, then) {
  const now = items.find(({ booking_id: id }) => id === then.id);
  if (!now) return [`booking ${then.id} is not listed`];
  const isOver = Date.parse(then.end_at) < Date.now();
  const same =
    (isOver || now.status === then.status) &&
    Date.parse(now.start_at) === Date.parse(then.start_at) &&
    now.price_cents === then.price_cents;
  return same ? [] : [`booking ${then.id} was ${JSON.stringify(then)}, is ${JSON.stringify(now)}`];
}

/** The credits of each student are what the transfers of then come to. */
async function money(gateway, release, users) {
  const transfers = rows(release, 'booking', 'transfers');
  const wrong = [];
  for (const user of users.filter(({ roles }) => roles.includes('student'))) {
    const account = `student:${user.id}`;
    const sum = transfers
      .filter(({ currency }) => currency === 'USD')
      .reduce((total, { credit_account: to, debit_account: from, amount_cents: cents }) => {
        return total + (to === account ? cents : 0) - (from === account ? cents : 0);
      }, 0);
    const { token } = await signIn(gateway, user);
    const { balance_cents: balance } = await ask(gateway, 'GET', `${API}/credits`, { token });
    if (balance !== sum) wrong.push(`${user.email} had ${sum}, has ${balance}`);
  }
  return [{ name: `${transfers.length} transfers come to what each has`, ok: wrong.length === 0, detail: wrong[0] }];
}

/** A lesson that stands is canceled under today's version, and the money comes back. */
async function canceling(gateway, users, bookings) {
  const name = 'a lesson booked then is canceled now, and its price comes back';
  const booking = bookings.find(
    ({ status, start_at: start }) => STANDING.includes(status) && Date.parse(start) > Date.now() + 2 * 86_400_000,
  );
  if (!booking) return { name: 'no lesson of then is still to come', ok: true };
  const { token } = await signIn(
    gateway,
    users.find(({ id }) => id === booking.student_id),
  );
  const { balance_cents: before } = await ask(gateway, 'GET', `${API}/credits`, { token });
  await ask(gateway, 'POST', `${API}/bookings/${booking.id}/cancel`, { token, body: { reason: 'later' } });
  const { balance_cents: after } = await ask(gateway, 'GET', `${API}/credits`, { token });
  return { name, ok: after - before === booking.price_cents, detail: `${before} became ${after}` };
}
