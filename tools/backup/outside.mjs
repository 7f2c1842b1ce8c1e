/** What the world outside has by now: no backup brings that back to an earlier state. */
export async function outsideNow(house) {
  const mails = await sandbox(house, 'inbox.json');
  const calendars = await sandbox(house, 'google/calendars.json');
  const lessons = calendars.flatMap(({ calendar_id: email, events }) =>
    events.filter(({ booking_id: id }) => id).map(({ booking_id: id }) => ({ email, id })),
  );
  return { mails: mails.map(({ message_id: id }) => id), lessons };
}

/** What people outside saw for nothing, or see twice: it is told, since nothing undoes it. What must not happen are the checks. */
export async function judgeOutside({ house, seen, database, say }) {
  const now = await outsideNow(house);
  const bookings = await idsOf(database, 'select id from booking.bookings');
  const ledger = await idsOf(database, 'select message_id as id from notification.messages');
  const gone = ({ id }) => !bookings.has(id);
  const fresh = now.mails.slice(seen.mails.length);
  const [strayMails, again] = [
    seen.mails.filter((id) => !ledger.has(id)),
    fresh.filter((id) => seen.mails.includes(id)),
  ];
  say(
    `${seen.mails.length} mails had left, ${strayMails.length} of them about what is gone; ${again.length} left again`,
  );
  say(
    `${seen.lessons.filter(gone).length} events of lessons that are gone stood in calendars, ${now.lessons.filter(gone).length} do now`,
  );
  const doubled = now.lessons.length - new Set(now.lessons.map(({ id, email }) => `${id} ${email}`)).size;
  const unknown = fresh.filter((id) => !ledger.has(id));
  return [
    { name: 'no lesson stands twice in a calendar', ok: doubled === 0, said: `${doubled} do` },
    {
      name: `each of the ${fresh.length} mails since the restoring left once, under the Message-ID that the ledger has`,
      ok: unknown.length === 0 && new Set(fresh).size === fresh.length,
      said: `${unknown.length} unknown, ${fresh.length - new Set(fresh).size} twice`,
    },
  ];
}

const idsOf = async (database, query) => new Set((await database.query(query)).rows.map(({ id }) => id));

async function sandbox({ gateway, services }, path) {
  const answer = await fetch(`${gateway.replace(/:\d+$/, `:${services.sandbox.env.PORT}`)}/sandbox/${path}`);
  return (await answer.json()).items;
}
