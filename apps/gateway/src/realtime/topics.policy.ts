import type { PersonId } from '@scheduling/domain';
import { TopicUnknown } from './realtime.errors.ts';

/** What can be followed: a tutor's slots, or what is one's own. */
export type Topic = { readonly of: 'slots'; readonly tutorId: PersonId } | { readonly of: 'me' };

const SLOTS = /^tutor:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):slots$/i;

/** Reads a topic as clients write it; refuses what is none. */
export function topicOf(name: unknown): Topic {
  if (name === 'me') return { of: 'me' };
  const [, tutorId] = (typeof name === 'string' && SLOTS.exec(name)) || [];
  if (tutorId === undefined) throw new TopicUnknown();
  return { of: 'slots', tutorId: tutorId.toLowerCase() as PersonId };
}

/** The feed that a person gets for a topic: a tutor's slots are the same for all. */
export const feedKey = (topic: Topic, personId: PersonId): string =>
  topic.of === 'me' ? `me ${personId}` : `slots ${topic.tutorId}`;
