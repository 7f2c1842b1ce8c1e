import { bookingExpected } from '../answers.ts';
import { newestHold } from '../holding.ts';
import { kind } from '../operation.ts';
import { pick } from '../random.ts';
import { free, isLive } from '../seats.ts';
import type { Card, ModelHold, ModelSlot, ModelStudent, World } from '../world.ts';
import { booked, heldBy } from './confirm.ts';

const CARDS: readonly Card[] = ['ok', 'ok', 'ok', 'ok', 'declined', 'expires', 'capture_refused'];

/** Mostly a hold that is live, at times one of the last that were. */
function someHold(world: World, { hold, live }: { hold: number; live: boolean }): ModelHold | undefined {
  const held = world.holds.filter((own) => isLive(world, own));
  return pick(live && held.length > 0 ? held : world.holds.slice(-9), hold);
}

const intentOf = (world: World, held: ModelHold) => world.intents.find(({ hold }) => hold === held);

function asked(world: World, slot: ModelSlot, student: ModelStudent) {
  const held = newestHold(world, slot, student)!;
  if (held.status === 'confirmed') return { refused: 'hold_confirmed' };
  if (!isLive(world, held)) return { refused: 'hold_lapsed' };
  if (held.price === 0) return { refused: 'nothing_to_pay' };
  const known = intentOf(world, held);
  if (!known) world.intents.push({ hold: held, card: null });
  return { intent: known ?? intentOf(world, held)! };
}

export const askIntent = kind({
  name: 'ask for an intent',
  weight: 8,
  draw: (random) => ({ hold: random.lot(), live: random.chance(0.9) }),
  aim(world, lots, service) {
    const hold = someHold(world, lots);
    if (!hold) return null;
    return {
      about: `${hold.student.name} asks how to pay for ${hold.slot.name} by card`,
      expected() {
        const result = asked(world, hold.slot, hold.student);
        if (!('intent' in result)) return result;
        const { price, currency } = result.intent!.hold;
        const tags = { intent: service.expected.of(result.intent), hold: service.expected.of(result.intent!.hold) };
        return { ...tags, amountCents: price, currency };
      },
      actual: () => service.ask(hold.student.id, hold.slot.id!),
    };
  },
});

export const payIntent = kind({
  name: 'pay an intent',
  weight: 8,
  draw: (random) => ({ intent: random.lot(), card: random.oneOf(CARDS) }),
  aim(world, lots, service) {
    const open = world.intents.filter(({ card, hold }) => card === null && isLive(world, hold));
    const intent = pick(open, lots.intent) ?? pick(world.intents, lots.intent);
    if (!intent) return null;
    return {
      about: `${intent.hold.student.name} pays for ${intent.hold.slot.name} at Stripe with a card that is ${lots.card}`,
      expected() {
        if (lots.card !== 'declined' && isLive(world, intent.hold)) intent.card ??= lots.card;
        return {};
      },
      actual: async () => service.pay(intent.hold, lots.card),
    };
  },
});

function confirmed(world: World, slot: ModelSlot, student: ModelStudent, named: ModelHold) {
  const found = heldBy(world, slot, student);
  if (!('held' in found)) return found;
  const held = found.held!;
  if (held !== named || !intentOf(world, held)) return { refused: 'payment_intent_mismatch' };
  const { card } = intentOf(world, held)!;
  if (card === null) return { refused: 'payment_not_authorized' };
  const booking = booked(world, held, { method: 'stripe', paidBy: null }, 'pending_payment');
  booking.version += 1;
  booking.status = card === 'ok' ? 'confirmed' : 'canceled';
  if (card !== 'ok') free(world, [slot]);
  return card === 'ok' ? { booking, isRepeated: false } : { refused: 'payment_failed' };
}

export const confirmByCard = kind({
  name: 'confirm by card',
  weight: 10,
  draw: (random) => ({ hold: random.lot(), live: random.chance(0.8), other: random.chance(0.1), named: random.lot() }),
  aim(world, lots, service) {
    const paid = world.intents
      .filter(({ card, hold: own }) => card !== null && isLive(world, own))
      .map(({ hold: own }) => own);
    const hold = (lots.live && pick(paid, lots.hold)) || someHold(world, lots);
    if (!hold) return null;
    const named = lots.other ? (pick(world.intents, lots.named)?.hold ?? hold) : hold;
    return {
      about: `${hold.student.name} confirms ${hold.slot.name} by card`,
      expected() {
        const result = confirmed(world, hold.slot, hold.student, named);
        if (!('booking' in result)) return result;
        return { ...bookingExpected(result.booking!, service.expected), isRepeated: result.isRepeated };
      },
      actual: () => service.confirmByCard(hold.student.id, hold.slot.id!, named),
    };
  },
});

/** What Stripe tells changes nothing that has been found out already, however often and in whatever order it comes. */
export const webhooks = kind({
  name: 'webhooks',
  weight: 4,
  draw: (random) => ({ events: [random.lot(), random.lot(), random.lot()] }),
  aim: (_world, lots, service) => ({
    about: 'some of what Stripe has told arrives',
    expected: () => ({}),
    actual: () => service.webhooks([...lots.events, lots.events[0]!]),
  }),
});

export const minuteAtStripe = kind({
  name: 'unsettled payments',
  weight: 1,
  draw: () => null,
  aim: (_world, _lots, service) => ({
    about: 'what is not settled at Stripe is read again',
    expected: () => ({}),
    actual: () => service.minuteAtStripe(),
  }),
});
