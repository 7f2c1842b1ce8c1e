import type { PersonId } from '@scheduling/domain';
import { LRUCache } from 'lru-cache';
import { type KeptAnswer, type Look, SlotCache } from './slot-cache.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_TUTORS = 100_000;
/** What an entry takes beside its text, whose characters take two bytes at most. */
const OVERHEAD_BYTES = 500;

/** Keeps answers in this process. */
export class MemoryCache extends SlotCache {
  private readonly answers = new LRUCache<string, KeptAnswer>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.length * 2 + OVERHEAD_BYTES,
  });
  /** Tutors to whom something happened; of those that fall out, the newest generation stands for all. */
  private readonly generations = new LRUCache<PersonId, number>({
    max: MOST_TUTORS,
    dispose: (generation, _tutor, reason) => {
      if (reason === 'evict') this.oldest = Math.max(this.oldest, generation);
    },
  });
  private oldest = 0;
  private newest = 0;

  override async look(tutorId: PersonId, query: string): Promise<Look> {
    const generation = this.generationOf(tutorId);
    return { answer: this.answers.get(keyOf(tutorId, query, generation)) ?? null, generation };
  }

  override async keep(tutorId: PersonId, query: string, generation: string, answer: KeptAnswer): Promise<void> {
    if (generation === this.generationOf(tutorId)) this.answers.set(keyOf(tutorId, query, generation), answer);
  }

  override async drop(tutorId: PersonId): Promise<void> {
    this.newest += 1;
    this.generations.set(tutorId, this.newest);
  }

  private generationOf(tutorId: PersonId): string {
    return String(this.generations.get(tutorId) ?? this.oldest);
  }
}

const keyOf = (tutorId: PersonId, query: string, generation: string): string => `${tutorId} ${generation} ${query}`;
