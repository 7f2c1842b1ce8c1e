import { NamingQueue } from '../../src/reservations/naming-queue.ts';
import { NamingService } from '../../src/reservations/naming.service.ts';
import { WaitlistService } from '../../src/waitlist/waitlist.service.ts';
import type { PaymentsScenario } from '../payments.scenario.ts';

/** More than anything at Stripe may need once it answers again. */
const MINUTES = 60;

/** Lets minutes pass in which nobody asks for anything and Stripe answers, until nothing is under way any more. */
export async function calm(s: PaymentsScenario): Promise<void> {
  s.double.setFaults({});
  for (let minute = 0; minute < MINUTES; minute++) {
    await s.minute();
    await s.holds.sweep();
    await s.get(WaitlistService).tidy();
    await s.get(NamingService).catchUp();
    await s.get(NamingQueue).idle();
    const [{ open }] = await s.source.query(`
      select (select count(*) from payments where state <> 'settled')
           + (select count(*) from refunds where state in ('planned', 'working')) as open`);
    if (open === '0') return;
  }
  throw new Error(`Something at Stripe is not settled after ${MINUTES} quiet minutes.`);
}
