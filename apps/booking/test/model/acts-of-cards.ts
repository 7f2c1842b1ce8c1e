import type { Act, Client } from './crowd.ts';

const ask = async ({ crowd, random, student, asked, intents }: Client) => {
  const slot = asked.at(-1);
  if (!slot) return;
  const intentId = await crowd.s.ask(student, slot);
  intents.push({ slot, intentId });
  if (crowd.s.double.intent(intentId).status === 'requires_payment_method')
    crowd.s.double.pay(
      intentId,
      random.oneOf(['ok', 'ok', 'ok', 'ok', 'ok', 'declined', 'expires', 'capture_refused']),
    );
};

const confirm = async ({ crowd, random, student, intents }: Client) => {
  const own = intents.at(-1);
  if (!own) return;
  if (random.chance(0.8)) intents.pop();
  const { booking } = await crowd.s.confirm(student, own.slot, own.intentId);
  crowd.booked.push(booking);
};

/** Webhooks come late, twice, in any order, or never. */
const webhooks = async ({ crowd, random }: Client) => {
  const events = crowd.s.double.events().slice(0, 40);
  for (let i = 0; i < 4 && events.length > 0; i++) await crowd.s.deliver(JSON.stringify(random.oneOf(events)));
};

/** Lessons that a card pays, at a Stripe that does not always answer. */
export const ACTS_OF_CARDS: readonly Act[] = [
  { name: 'ask for an intent', weight: 16, act: ask },
  { name: 'confirm by card', weight: 12, act: confirm },
  { name: 'webhooks', weight: 6, act: webhooks },
  { name: 'unsettled payments', weight: 2, act: ({ crowd }) => crowd.s.work.minute() },
];
