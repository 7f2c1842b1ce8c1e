import ICAL from 'ical.js';

/** What ical.js reads in a file; why, where it reads nothing. */
export function readByIcalJs(text) {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return {
      method: calendar.getFirstPropertyValue('method'),
      isWellFolded: isWellFolded(text),
      events: calendar.getAllSubcomponents('vevent').map(eventOf),
    };
  } catch (error) {
    return { error: error.message };
  }
}

function eventOf(event) {
  const value = (name) => event.getFirstPropertyValue(name);
  return {
    uid: value('uid'),
    sequence: value('sequence'),
    status: value('status'),
    start: value('dtstart').toJSDate().toISOString(),
    end: value('dtend').toJSDate().toISOString(),
    stamp: value('dtstamp').toJSDate().toISOString(),
    summary: value('summary') ?? '',
    description: value('description') ?? '',
    url: value('url'),
    organizer: value('organizer'),
    attendees: event.getAllProperties('attendee').map((one) => ({
      address: one.getFirstValue().replace('MAILTO', 'mailto'),
      name: one.getParameter('cn'),
    })),
  };
}

/** RFC 5545 §3.1: CRLF ends every line, and none is longer than 75 octets. */
function isWellFolded(text) {
  const lines = text.split('\r\n');
  return lines.at(-1) === '' && !/[\r\n]/.test(lines.join('')) && lines.every((line) => Buffer.byteLength(line) <= 75);
}
