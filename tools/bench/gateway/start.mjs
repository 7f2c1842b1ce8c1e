import { startService } from '../start-service.mjs';

/** The services that a bench of the gateway needs none of: their addresses lead to booking. */
const UNUSED = ['AVAILABILITY_URL', 'CALENDAR_SYNC_URL', 'NOTIFICATION_URL'];

/** Starts the gateway before booking, with accounts, which it introduces people to; `more` is what else it is told. Nobody is limited. */
export async function startGateway(context, { database, booking, more = {} }) {
  const accounts = await startService(context, { app: 'accounts', database });
  const urls = Object.fromEntries([...UNUSED, 'BOOKING_URL'].map((name) => [name, booking]));
  const settings = { ...urls, ACCOUNTS_URL: accounts.ready.origin, RATE_LIMITS: 'off', ...more };
  return startService(context, { app: 'gateway', database, more: settings });
}
