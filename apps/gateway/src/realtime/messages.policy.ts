import { MessageNotUnderstood } from './realtime.errors.ts';

/** What a client may say over a WebSocket. */
export type ClientMessage =
  | { readonly type: 'hello'; readonly token: string }
  | { readonly type: 'subscribe'; readonly topic: string; readonly from: string | null }
  | { readonly type: 'unsubscribe'; readonly topic: string };

/** The longest message, in bytes: a token fits, with room. */
export const LONGEST_MESSAGE = 12_000;
const LONGEST_WORD = 100;

/** Reads a message; refuses what is none. */
export function messageOf(text: string): ClientMessage {
  const { type, token, topic, from = null } = recordOf(text);
  if (type === 'hello' && typeof token === 'string') return { type, token };
  if (!isWord(topic) || !(from === null || isWord(from))) throw new MessageNotUnderstood();
  if (type === 'subscribe') return { type, topic, from };
  if (type === 'unsubscribe') return { type, topic };
  throw new MessageNotUnderstood();
}

const isWord = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_WORD;

function recordOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new MessageNotUnderstood();
}
