import {
  BookingCanceled,
  BookingConfirmed,
  BookingRescheduled,
  LessonEventMoved,
  LessonEventRemoved,
  LessonLinkReady,
  ProposalAnswered,
} from '@scheduling/contracts';
import { newId, type ProposalId } from '@scheduling/domain';
import { canceled, linked } from '../lessons.scenario.ts';
import { lesson, type Scenario } from '../scenario.ts';
import type { People, Person } from './people.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
type Word = BookingConfirmed | BookingRescheduled | BookingCanceled | LessonLinkReady | ProposalAnswered;

/** Booking, as far as calendars hear of it: it decides, and what it says comes late, twice and in any order. */
export class Lessons {
  /** Each lesson as it is now. */
  readonly all = new Map<string, BookingConfirmed>();
  private readonly late: Word[] = [];
  /** How many wishes have been answered. */
  private readonly answered = { moved: 0, removed: 0 };

  constructor(
    private readonly s: Scenario,
    private readonly people: People,
    private readonly random: Random,
  ) {}

  live(): BookingConfirmed[] {
    return [...this.all.values()].filter(({ status }) => status === 'confirmed');
  }

  async confirm(): Promise<void> {
    const tutor = this.random.one(this.people.all)!;
    const student = this.random.one(this.people.all.filter((one) => one !== tutor))!;
    const booked = lesson(tutor, student, this.hour());
    await this.become(booked);
  }

  async reschedule(of = this.random.one(this.live()), to = this.hour()): Promise<void> {
    if (!of) return;
    const { slot_id, start_at, end_at, student_id } = of;
    const facts = { previous_slot_id: slot_id, previous_start_at: start_at, previous_end_at: end_at };
    const word = BookingRescheduled.of<BookingRescheduled>({
      ...of,
      ...to,
      ...facts,
      version: of.version + 1,
      rescheduled_by: student_id,
      reason: null,
    });
    await this.become(word);
  }

  async cancel(of = this.random.one(this.live())): Promise<void> {
    if (of) await this.become(canceled(of));
  }

  async link(): Promise<void> {
    const of = this.random.one(this.live());
    if (of) await this.become(linked(of, `https://meet.example.org/${newId()}`));
  }

  /** Answers what calendars have proposed: by chance while all goes on, and with a no at the end. */
  async answer(isEnd = false): Promise<number> {
    const moved = (await this.s.heard(LessonEventMoved)).slice(this.answered.moved);
    const removed = (await this.s.heard(LessonEventRemoved)).slice(this.answered.removed);
    this.answered.moved += moved.length;
    this.answered.removed += removed.length;
    for (const wish of [...moved, ...removed]) await this.decide(wish, isEnd);
    return moved.length + removed.length;
  }

  /** Says all that is late, in any order. */
  async catchUp(): Promise<void> {
    while (this.late.length > 0) await this.say(this.late.splice(this.random.below(this.late.length), 1)[0]!);
  }

  private async decide(wish: LessonEventMoved | LessonEventRemoved, isEnd: boolean): Promise<void> {
    const of = this.all.get(wish.booking_id)!;
    const isStale = wish.booking_version !== of.version || of.status !== 'confirmed';
    const isAccepted = !isStale && !isEnd && this.random.happens(0.5);
    const outcome = isAccepted ? 'accepted' : isStale ? 'overtaken' : 'refused';
    const proposal = { proposal_id: newId<ProposalId>(), kind: 'any', proposed_by: wish.user_id, answered_by: null };
    const nowhere = { new_slot_id: null, new_start_at: null, new_end_at: null };
    await this.say(ProposalAnswered.of<ProposalAnswered>({ ...of, ...proposal, ...nowhere, outcome }));
    if (!isAccepted) return;
    if ('start_at' in wish) await this.reschedule(of, { start_at: wish.start_at, end_at: wish.end_at });
    else await this.cancel(of);
  }

  private async become(word: BookingConfirmed): Promise<void> {
    this.all.set(word.booking_id, word);
    if (this.random.happens(0.3)) this.late.push(word);
    else await this.say(word);
    if (this.random.happens(0.2)) this.late.push(word);
    if (this.late.length > 3) await this.say(this.late.splice(this.random.below(this.late.length), 1)[0]!);
  }

  private say(word: Word): Promise<void> {
    return this.s.say(word);
  }

  /** An hour of the coming weeks. */
  private hour(): { start_at: string; end_at: string } {
    const start = Math.ceil(Date.now() / HOUR) * HOUR + (24 + this.random.below(24 * 30)) * HOUR;
    return { start_at: new Date(start).toISOString(), end_at: new Date(start + HOUR).toISOString() };
  }

  /** The lessons that a person's calendar should show. */
  of({ id }: Person): BookingConfirmed[] {
    return this.live().filter(({ tutor_id, student_id }) => tutor_id === id || student_id === id);
  }
}
