// How each route is asked well: what its id names (a kind of `Things`), and a body. A route that is not here is asked with neither.
import { randomUUID } from 'node:crypto';
import { policyWording } from './things.mjs';

const HOUR = 3_600_000;
const later = (hours) => new Date(Date.now() + hours * HOUR).toISOString();
const span = (hours) => ({ start_at: later(hours), end_at: later(hours + 1) });
const query = (fields) => new URLSearchParams(fields).toString();
const credits = ({ other }) => ({ user_id: other.id, amount_cents: 1, currency: 'USD', reason: 'to see who may' });
const byHold = { of: 'hold', isNew: true };

/**
 * `of`: the kind of thing that the path or the body names; `isNew`: an allowed request uses it up, so each gets its own;
 * `query` and `body` are made of the thing's fields and of the cast.
 */
export const REQUESTS = {
  'PATCH /api/v1/accounts/me': { body: () => ({ locale: 'en' }) },
  'PUT /api/v1/accounts/users/{user_id}': {
    of: 'account',
    body: ({ user_id: id }) => ({
      email: `${id}@access.test`,
      name: 'someone new',
      roles: ['student'],
      timezone: 'UTC',
      locale: 'en',
    }),
  },

  'GET /api/v1/accounts/tutors/{tutor_id}': { of: 'profile' },
  'GET /api/v1/accounts/me/exports/{export_id}': { of: 'export' },
  'GET /api/v1/accounts/me/exports/{export_id}/content': { of: 'export' },

  'GET /realtime/events': { query: () => query({ topic: 'me' }) },

  'PUT /availability/settings': { body: () => ({ lesson_minutes: 60 }) },
  'POST /availability': { body: () => ({ ...span(2000), is_recurring: false }) },
  'GET /availability/{availability_id}': { of: 'block' },
  'PATCH /availability/{availability_id}': { of: 'block', body: () => ({ scope: 'all', price_cents: 1500 }) },
  'DELETE /availability/{availability_id}': { of: 'block', isNew: true, query: () => query({ scope: 'all' }) },
  'POST /availability/time-off': { body: () => span(2100) },
  'DELETE /availability/time-off/{time_off_id}': { of: 'timeOff', isNew: true },
  'GET /availability/overrides/{date}': { of: 'override' },
  'PUT /availability/overrides/{date}': { of: 'override', body: () => ({ mode: 'instead', hours: [] }) },
  'DELETE /availability/overrides/{date}': { of: 'override', isNew: true },
  'GET /availability/{tutor_id}/explain': { of: 'tutor', query: () => query({ start: later(1), end: later(20) }) },
  'GET /availability/{tutor_id}/slots': { of: 'tutor' },
  'GET /availability/search': { query: () => query({ from: later(1), to: later(20) }) },
  'POST /availability/preview': {
    body: () => ({ start_at: later(24), duration_minutes: 60, rrule_string: 'FREQ=DAILY;COUNT=2', timezone: 'UTC' }),
  },

  'POST /booking/hold': { of: 'freeSlot', isNew: true, body: slotOnly },
  'DELETE /booking/hold/{slot_id}': byHold,
  'POST /booking/confirm': { ...byHold, body: ({ slot_id }) => ({ slot_id, payment_method: 'credit' }) },
  'POST /booking/slots/{slot_id}/cancel': { of: 'taughtSlot', isNew: true, body: () => ({}) },
  'PUT /booking/slots/{slot_id}/minimum': {
    of: 'taughtSlot',
    body: () => ({ minimum_attendance: 1, decide_minutes_before: 60 }),
  },
  'POST /booking/policies': { body: policyWording },
  'PUT /booking/policies/{policy_id}': { of: 'policy', body: policyWording },

  'GET /bookings/{booking_id}': { of: 'booking' },
  'GET /bookings/{booking_id}/cancel-preview': { of: 'booking' },
  'GET /bookings/{booking_id}/history': { of: 'booking' },
  'GET /bookings/{booking_id}/invite.ics': { of: 'booking' },
  'POST /bookings/{booking_id}/cancel': { of: 'booking', isNew: true, body: () => ({}) },
  'POST /bookings/{booking_id}/no-show': { of: 'booking', body: () => ({ absent: 'student' }) },
  'POST /bookings/{booking_id}/reschedule': {
    of: 'booking',
    body: (_, { teacherSlot }) => ({ new_slot_id: teacherSlot.slot_id }),
  },
  'GET /bookings/{booking_id}/proposals': { of: 'booking' },
  'POST /bookings/{booking_id}/proposals/{proposal_id}': { of: 'proposal', body: () => ({ accept: false }) },
  'POST /bookings/series/preview': { body: seriesFrom },
  'POST /bookings/series': { body: (_, cast) => ({ ...seriesFrom(_, cast), payment_method: 'credit' }) },
  'GET /bookings/series/{series_id}': { of: 'series' },
  'POST /bookings/series/{series_id}/cancel': { of: 'series', body: () => ({ scope: 'all' }) },

  'POST /credits/grants': { body: (_, cast) => credits(cast) },
  'POST /credits/corrections': { body: (_, cast) => credits(cast) },
  'POST /payments/intents': { of: 'hold', body: slotOnly },
  'POST /payments/tasks/{task_id}/done': { of: 'task' },
  'POST /plans': {
    body: () => ({ name: 'one', lessons_per_period: 1, period: 'week', price_cents: 100, currency: 'USD' }),
  },
  'PATCH /plans/{plan_id}': { of: 'plan', body: () => ({ name: 'another' }) },
  'POST /subscriptions': { of: 'plan', body: ({ plan_id }) => ({ student_id: randomUUID(), plan_id }) },
  'POST /subscriptions/{subscription_id}/cancel': { of: 'subscription' },
  'POST /waitlist': {
    body: (_, { teacher }) => ({ tutor_id: teacher.id, window: { from: later(1500), until: later(1600) } }),
  },
  'GET /waitlist/{waitlist_id}': { of: 'place' },
  'DELETE /waitlist/{waitlist_id}': { of: 'place', isNew: true },

  'PUT /calendar/calendars/{calendar_id}': { of: 'calendar', body: () => ({ busy: true }) },
  'POST /calendar/connect': { of: 'consent', isNew: true, body: ({ code, state }) => ({ code, state }) },
  'PUT /calendar/settings': { body: () => ({ on_moved: 'restore' }) },
  'POST /calendar/imports': { body: () => ({ url: 'https://calendars.example.org/other.ics' }) },
  'DELETE /calendar/imports/{import_id}': { of: 'import', isNew: true },
  'GET /calendar/feed/{file}': { of: 'feed' },

  'POST /notifications/devices': { body: () => ({ platform: 'ios', token: 'access-walk' }) },
  'DELETE /notifications/devices/{device_id}': { of: 'device', isNew: true },
  'POST /notifications/read-all': { body: () => ({}) },
  'POST /notifications/{notification_id}/read': { of: 'notification' },
  'POST /notifications/ledger/{message_id}/resend': { of: 'message' },
  'PUT /notifications/preferences': { body: () => ({ digest: 'off' }) },
  'GET /notifications/unsubscribe/{token}': { of: 'nothing' },
  'POST /notifications/unsubscribe/{token}': { of: 'nothing' },

  'POST /webhook-endpoints': { body: () => ({ url: 'https://platform.example.org/x', event_types: ['*'] }) },
  'GET /webhook-endpoints/{endpoint_id}': { of: 'endpoint' },
  'PATCH /webhook-endpoints/{endpoint_id}': { of: 'endpoint', body: () => ({ description: 'changed' }) },
  'DELETE /webhook-endpoints/{endpoint_id}': { of: 'endpoint', isNew: true },
  'POST /webhook-endpoints/{endpoint_id}/secret/rotate': { of: 'endpoint' },
  'GET /webhook-endpoints/{endpoint_id}/deliveries': { of: 'endpoint' },
  'POST /webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay': { of: 'delivery' },
  'POST /webhook-endpoints/{endpoint_id}/replay': { of: 'endpoint', body: () => ({ from: later(-1) }) },
  'POST /webhook-endpoints/{endpoint_id}/test': { of: 'endpoint' },
};

function slotOnly({ slot_id }) {
  return { slot_id };
}

function seriesFrom(_, { seriesSlot }) {
  return { ...seriesSlot, rule: 'weekly', count: 1, on_conflict: 'skip' };
}
